"""
Modules that the guest has in the place of parts of libraries, such as loaders that would fetch data. Which of them stands for
which module the contract says.
"""

import importlib.machinery
import sys

import keras_datasets
import sklearn_stand_in
import torchvision_stand_in

MODULES = {**keras_datasets.MODULES, **sklearn_stand_in.MODULES, **torchvision_stand_in.MODULES}


def take_over(provides):
    """What a library has imported already finds the stand-ins' functions in the place of its own."""
    for name, file in provides.items():
        known = sys.modules.get(name)
        if file in MODULES and known is not None:
            vars(known).update({key: item for key, item in vars(MODULES[file]).items() if not key.startswith("__")})


def is_one(x):
    """Whether this is of a stand-in: a program has imported it, and not written it."""
    return any(x is item for module in MODULES.values() for item in vars(module).values())


def spec(name, file):
    """How a stand-in is imported under a name; None for a file that is none."""
    return importlib.machinery.ModuleSpec(name, _Ready(MODULES[file]), is_package=True) if file in MODULES else None


class _Ready:
    """A module that is there already."""

    def __init__(self, module):
        self._module = module

    def create_module(self, spec):
        return self._module

    def exec_module(self, module):
        return None
