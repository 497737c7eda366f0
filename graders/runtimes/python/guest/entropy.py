"""What a program would have from the machine's own entropy follows from the grader's seed, so that a verdict can be reproduced."""

import os
import random
from _random import Random

# Another stream than the one that the seed gives a program that names it.
_APART = 1 << 64
source = Random(_APART)


def begin(seed):
    """From here on equal seeds give equal bytes."""
    source.seed(_APART + seed)


def _bytes(size):
    return source.getrandbits(8 * size).to_bytes(size, "little")


def _unseeded(seed):
    """As it is, but for who gives none: that would be drawn from the machine in C."""

    def seeded(self, a=None, version=2):
        return seed(self, source.getrandbits(256) if a is None else a, version)

    seeded.__doc__ = seed.__doc__
    return seeded


# `secrets`, `uuid` and numpy's generators ask one of these two.
os.urandom = random._urandom = _bytes
random.Random.seed = _unseeded(random.Random.seed)
random.seed = random._inst.seed
