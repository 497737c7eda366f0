"""Generators that a program keeps in variables of its own, begun anew with a seed of the grader's, or left as they are."""

import contextlib
import random

import entropy

try:
    import numpy
    from numpy.random import Generator, RandomState
except ImportError:
    numpy = Generator = RandomState = None


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


@contextlib.contextmanager
def undisturbed(modules):
    """What is done meanwhile draws, and afterwards every source gives what it would have given before."""
    back = [(one.setstate, one.getstate()) for one in (random, entropy.source)]
    if numpy is not None:
        back.append((numpy.random.set_state, numpy.random.get_state()))
    for item in (item for module in modules for item in list(vars(module).values())):
        kind = type(item)
        if kind is random.Random:
            back.append((item.setstate, item.getstate()))
        elif RandomState is not None and kind is RandomState:
            back.append((item.set_state, item.get_state()))
        elif Generator is not None and kind is Generator:
            back.append((_stream_of(item), item.bit_generator.state))
    try:
        yield
    finally:
        for write, state in back:
            write(state)


def _stream_of(generator):
    def write(state):
        generator.bit_generator.state = state

    return write
