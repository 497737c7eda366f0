"""Where a program's random numbers begin: those of Python, of numpy with its generators, and of the library."""

import itertools
import random

import entropy
from libraries import library
from own_generators import begin_anew
from random_tape import RandomTape

try:
    import numpy
    from numpy.random import seed as _seed_numpy
except ImportError:
    numpy = None

# Taken before any of the program's code runs: what these names mean later is of no account.
_count, _seed_python = itertools.count, random.seed


class Seeds:
    """Has equal seeds give equal numbers, wherever a program draws them."""

    def __init__(self):
        self._next, self._drawn_from, self._are_seeded = _count(), None, False

    def begin(self, seed):
        """All sources begin anew with this seed."""
        _seed_python(seed)
        entropy.begin(seed)
        if library is not None:
            library.seed(seed)
        if numpy is None:
            return
        _seed_numpy(seed % 2**32)
        self._next = _count(seed)
        if not self._are_seeded:
            self._are_seeded = True
            self._seed_generators()

    def draw_alike(self, args, handed, modules):
        """
        Who takes no source of random numbers has one of their own: it begins anew with every one that the grader makes, so that
        equal seeds give equal numbers there, too.
        """
        sent = [item for arg in args for item in (arg.values() if isinstance(arg, dict) else [arg])]
        left = [tape for tape in sent if type(tape) is RandomTape and not any(tape is item for item in handed)]
        if not left or left[0] is self._drawn_from:
            return
        self._drawn_from = left[0]
        self.begin(left[0].begins_with)
        begin_anew(modules, left[0].begins_with)

    def _seed_generators(self):
        """A generator that is asked for without a seed follows from the grader's, so that a verdict can be reproduced."""
        whole = numpy.random.default_rng

        def default_rng(seed=None):
            # As numpy's own gives a generator back that it is handed.
            if isinstance(seed, RandomTape):
                return seed
            return whole(next(self._next) if seed is None else seed)

        default_rng.__doc__ = whole.__doc__
        numpy.random.default_rng = default_rng
