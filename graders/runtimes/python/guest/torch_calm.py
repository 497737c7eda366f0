"""
What is taken out of PyTorch, since nothing of it serves a program that is graded: the compiler, which would be loaded with the
first optimiser (seconds, and more than the training of a small network takes), the processes of a loader, which cannot be started, and
what writes files and logs.
"""

import contextlib
import os
import sys
import types

import torch
import torch.utils.data

import stubs


def calm():
    _without_compiler()
    _in_one_process()
    _without_more_threads()
    _by_files_of_python()
    # It looks for a package that is not there; logs go nowhere.
    sys.modules["torch.utils.tensorboard"] = torch.utils.tensorboard = stubs.Stub("tensorboard")


def _without_compiler():
    """Programs run as they are written: what is marked for the compiler, or kept from it, is the function itself."""
    stand_in = types.ModuleType("torch._dynamo")
    stand_in.disable = lambda fn=None, *args, **keywords: fn if fn is not None else lambda function: function
    stand_in.graph_break = lambda *args, **keywords: None
    stand_in.is_compiling = lambda: False
    stand_in.reset = lambda: None
    # What `torch.func` and `torch.utils.checkpoint` ask of it.
    stand_in.compiled_autograd = types.SimpleNamespace(_disable=contextlib.nullcontext)
    stand_in.config = types.SimpleNamespace(error_on_nested_fx_trace=False, patch=lambda *args, **keywords: contextlib.nullcontext())
    sys.modules["torch._dynamo"] = torch._dynamo = stand_in
    torch.compile = lambda model=None, **keywords: model if model is not None else lambda function: function


    torch.use_deterministic_algorithms = _deterministic


def _deterministic(mode, *, warn_only=False):
    """As the library's own, which tells the compiler as well."""
    torch._C._set_deterministic_algorithms(mode, warn_only=warn_only)


def _without_more_threads():
    """One is what there is, and asking for others is no mistake."""
    torch.set_num_threads = torch.set_num_interop_threads = lambda number: None


def _in_one_process():
    Loader = torch.utils.data.DataLoader
    whole = Loader.__init__

    def __init__(self, *args, **keywords):
        args = [*args[:5], 0, *args[6:]] if len(args) > 5 else args
        alone = {"num_workers": 0, "prefetch_factor": None, "persistent_workers": False, "pin_memory": False}
        whole(self, *args, **{key: alone.get(key, item) for key, item in keywords.items()})

    __init__.__doc__ = whole.__doc__
    Loader.__init__ = __init__


def _by_files_of_python():
    """It would write its files itself, where nothing can be written (written_files.py)."""
    whole = torch.save

    def save(obj, f, *args, **keywords):
        if not isinstance(f, (str, os.PathLike)):
            return whole(obj, f, *args, **keywords)
        with open(f, "wb") as file:
            return whole(obj, file, *args, **keywords)

    save.__doc__ = whole.__doc__
    torch.save = torch.serialization.save = save
