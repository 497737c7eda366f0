"""
Stands in for packages that are not there while it is graded. Plots draw nothing; what a task may not use, or what is absent,
is told by name to whoever calls it.
"""

import importlib.machinery
import sys
import types

# What only draws or shows: a program that calls it goes on.
SILENT = {"matplotlib", "seaborn", "IPython", "tqdm", "plotly", "PIL", "ipywidgets"}


class Absent(ImportError):
    """A part of a package that is not there was used."""


class Finder:
    """Asked last, for packages that nobody else finds; those of the standard library and of numpy fail as they always do."""

    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or (top in sys.modules and not isinstance(sys.modules[top], _Stub)):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return _Stub(spec.name)

    def exec_module(self, module):
        return None


class _Stub(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(f"{self.__name__}.{name}", self.__name__.split(".")[0] in SILENT)


def stand_in(called, silent):
    """A name of an absent package: whatever is done with it gives another of its kind, or says that it is not there."""
    return _Silent(called) if silent else _Loud(called)


class _Silent:
    """Takes any call and gives itself; unpacks into two, as figure and axes do; passes through what a progress bar wraps."""

    def __init__(self, called):
        object.__setattr__(self, "_called", called)

    def __call__(self, *args, **keywords):
        return args[0] if self._called.startswith("tqdm.") and len(args) > 0 else self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Silent(f"{self._called}.{name}")

    def __setattr__(self, name, value):
        return None

    def __getitem__(self, key):
        return self

    def __setitem__(self, key, value):
        return None

    def __iter__(self):
        return iter((self, self))

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        return False


class _Loud:
    def __init__(self, called):
        object.__setattr__(self, "_called", called)

    def __call__(self, *args, **keywords):
        raise Absent(f"{self._called} is not there while this is graded")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Loud(f"{self._called}.{name}")
