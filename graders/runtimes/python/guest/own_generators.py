"""Generators that a program keeps in variables of its own, begun anew with a seed of the grader's."""

import random

try:
    from numpy.random import Generator, RandomState
except ImportError:
    Generator = RandomState = None


def begin_anew(modules, seed):
    """Every generator in the variables of these modules, each with the stream that this seed gives it."""
    for module in modules:
        for item in list(vars(module).values()):
            kind = type(item)
            if kind is random.Random:
                item.seed(seed)
            elif RandomState is not None and kind is RandomState:
                item.seed(seed % 2**32)
            elif Generator is not None and kind is Generator:
                stream = item.bit_generator
                stream.state = type(stream)(seed).state
