"""
What is taken out of PyTorch, since nothing of it serves a program that is graded: the compiler, which would be loaded with the
first optimiser (seconds, and more than the training of a small network takes), and the processes of a loader, which cannot be started.
"""

import sys
import types

import torch
import torch.utils.data


def calm():
    _without_compiler()
    _in_one_process()


def _without_compiler():
    """Programs run as they are written: what is marked for the compiler, or kept from it, is the function itself."""
    stand_in = types.ModuleType("torch._dynamo")
    stand_in.disable = lambda fn=None, *args, **keywords: fn if fn is not None else lambda function: function
    stand_in.graph_break = lambda *args, **keywords: None
    stand_in.is_compiling = lambda: False
    sys.modules["torch._dynamo"] = torch._dynamo = stand_in
    torch.compile = lambda model=None, **keywords: model if model is not None else lambda function: function


def _in_one_process():
    Loader = torch.utils.data.DataLoader
    whole = Loader.__init__

    def __init__(self, *args, **keywords):
        args = [*args[:5], 0, *args[6:]] if len(args) > 5 else args
        alone = {"num_workers": 0, "prefetch_factor": None, "persistent_workers": False, "pin_memory": False}
        whole(self, *args, **{key: alone.get(key, item) for key, item in keywords.items()})

    __init__.__doc__ = whole.__doc__
    Loader.__init__ = __init__
