"""
The random source that a program receives as an argument: listed draws first, then the grader's seeded stream
(graders/numerics/random.ts), with the methods of numpy's generators.
"""

import math

try:
    import numpy
except ImportError:
    numpy = None

MASK = 0xFFFFFFFF


def _signed(x):
    x &= MASK
    return x - 2**32 if x >= 2**31 else x


def _splitmix(state):
    def following():
        nonlocal state
        state = (state + 0x9E3779B9) & MASK
        t = state ^ (state >> 16)
        t = (t * 0x21F0AAAD) & MASK
        t ^= t >> 15
        t = (t * 0x735A2D97) & MASK
        return t ^ (t >> 15)

    return following


def _stream(seed):
    """xoshiro128** as the grader seeds it, giving numbers of [0, 1)."""
    low = _splitmix((0x811C9DC5 ^ ((_signed(int(seed)) * 0x9E3779B1) & MASK)) & MASK)
    beyond = math.floor(seed / 2**32)
    high = low if beyond in (0, -1) else _splitmix((beyond ^ 0x85EBCA6B) & MASK)
    a, b, c, d = low(), low(), high(), high()

    def following():
        nonlocal a, b, c, d
        five = (b * 5) & MASK
        result = ((((five << 7) | (five >> 25)) & MASK) * 9) & MASK
        t = (b << 9) & MASK
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        d = ((d << 11) | (d >> 21)) & MASK
        return result / 2**32

    return following


class RandomTape:
    """A generator: `normal`, `uniform`, `integers`, `permutation`, `shuffle`, `choice`, each with `size` as in numpy."""

    def __init__(self, seed, normals=(), uniforms=()):
        self.begins_with = abs(int(seed))
        stream = _stream(seed)
        listed, waiting = iter(list(uniforms)), iter(list(normals))

        def following():
            return _next(listed, stream)

        def normal():
            for drawn in waiting:
                return drawn
            return math.sqrt(-2 * math.log(1 - following())) * math.cos(2 * math.pi * following())

        self._next, self._normal = following, normal

    def next(self):
        return self._next()

    def random(self, size=None):
        return _many(self._next, size)

    def uniform(self, low=0.0, high=1.0, size=None):
        return _many(lambda: low + (high - low) * self._next(), size)

    def normal(self, loc=0.0, scale=1.0, size=None, mean=None, sd=None):
        centre, spread = (loc if mean is None else mean), (scale if sd is None else sd)
        return _many(lambda: centre + spread * self._normal(), size)

    def standard_normal(self, size=None):
        return _many(self._normal, size)

    def integer(self, n=1):
        return math.floor(self._next() * n)

    def integers(self, low, high=None, size=None, dtype=None, endpoint=False):
        first, last = (0, low) if high is None else (low, high)
        return _many(lambda: first + self.integer(last - first + bool(endpoint)), size, whole=True)

    randint = integers

    def permutation(self, x):
        whole = isinstance(x, int) or (numpy is not None and isinstance(x, numpy.integer))
        items = list(range(int(x))) if whole else list(x)
        self.shuffle(items)
        return numpy.array(items) if numpy is not None and (whole or isinstance(x, numpy.ndarray)) else items

    def permuted(self, x):
        return self.permutation(x)

    def shuffle(self, x):
        for i in range(len(x) - 1, 0, -1):
            j = self.integer(i + 1)
            moved = x[i].copy() if numpy is not None and isinstance(x[i], numpy.ndarray) else x[i]
            x[i] = x[j]
            x[j] = moved

    def choice(self, a, size=None, replace=True, p=None):
        items = list(range(int(a))) if isinstance(a, int) else list(a)
        count = 1 if size is None else math.prod(size) if isinstance(size, tuple) else int(size)
        if p is not None:
            chosen = [self._weighted(list(p)) for _ in range(count)]
        elif replace:
            chosen = [self.integer(len(items)) for _ in range(count)]
        else:
            chosen = list(self.permutation(len(items)))[:count]
        if size is None:
            return items[int(chosen[0])]
        return numpy.array([items[int(i)] for i in chosen]).reshape(size if isinstance(size, tuple) else (count,))

    def _weighted(self, weights):
        at, sum_so_far = self._next() * sum(weights), 0.0
        for i, weight in enumerate(weights):
            sum_so_far += weight
            if at < sum_so_far:
                return i
        return len(weights) - 1

    def rand(self, *shape):
        return _many(self._next, shape or None)

    def randn(self, *shape):
        return _many(self._normal, shape or None)


def _next(listed, stream):
    for drawn in listed:
        return drawn
    return stream()


def _many(draw, size, whole=False):
    if size is None:
        return draw()
    shape = tuple(int(n) for n in size) if hasattr(size, "__len__") else (int(size),)
    drawn = [draw() for _ in range(math.prod(shape))]
    return numpy.array(drawn, dtype="int64" if whole else "float64").reshape(shape)
