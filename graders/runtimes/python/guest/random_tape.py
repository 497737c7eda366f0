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

    def random(self, size=None, dtype=None, out=None):
        return _given(_many(self._next, _sized(size, out)), dtype, out)

    def uniform(self, low=0.0, high=1.0, size=None):
        low, high = _parameter(low), _parameter(high)
        return low + (high - low) * _many(self._next, _common(size, low, high))

    def normal(self, loc=0.0, scale=1.0, size=None, mean=None, sd=None):
        centre, spread = _parameter(loc if mean is None else mean), _parameter(scale if sd is None else sd)
        return centre + spread * _many(self._normal, _common(size, centre, spread))

    def standard_normal(self, size=None, dtype=None, out=None):
        return _given(_many(self._normal, _sized(size, out)), dtype, out)

    def integer(self, n=1):
        return math.floor(self._next() * n)

    def integers(self, low, high=None, size=None, dtype=None, endpoint=False):
        first, last = (0, low) if high is None else (low, high)
        return _many(lambda: first + self.integer(last - first + bool(endpoint)), size, whole=True)

    randint = integers

    def permutation(self, x, axis=0):
        if numpy is not None and isinstance(x, numpy.ndarray):
            order = self.permutation(x.shape[axis])
            return numpy.take(x, order, axis=axis)
        whole = isinstance(x, int) or (numpy is not None and isinstance(x, numpy.integer))
        items = list(range(int(x))) if whole else list(x)
        self.shuffle(items)
        numbers = whole or all(isinstance(item, (int, float)) for item in items)
        return numpy.array(items) if numpy is not None and numbers else items

    def permuted(self, x, axis=None, out=None):
        if numpy is None:
            return self.permutation(x)
        array = numpy.array(x)
        if axis is None:
            mixed = array.reshape(-1)[self.permutation(array.size)].reshape(array.shape)
        else:
            lines = numpy.moveaxis(array, axis, -1)
            rows = lines.reshape(-1, lines.shape[-1])
            mixed = numpy.array([row[self.permutation(len(row))] for row in rows])
            mixed = numpy.moveaxis(mixed.reshape(lines.shape), -1, axis)
        return _given(mixed, None, out)

    def shuffle(self, x, axis=0):
        if axis != 0:
            x = numpy.moveaxis(x, axis, 0)
        for i in range(len(x) - 1, 0, -1):
            j = self.integer(i + 1)
            moved = x[i].copy() if numpy is not None and isinstance(x[i], numpy.ndarray) else x[i]
            x[i] = x[j]
            x[j] = moved

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        whole = isinstance(a, int) or (numpy is not None and isinstance(a, numpy.integer))
        items = list(range(int(a))) if whole else list(a if axis == 0 else numpy.moveaxis(a, axis, 0))
        count = 1 if size is None else math.prod(size) if isinstance(size, tuple) else int(size)
        if p is not None:
            weights, chosen = list(p), []
            for _ in range(count):
                chosen.append(self._weighted(weights))
                if not replace:
                    weights[chosen[-1]] = 0
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


def _parameter(value):
    return value if isinstance(value, (int, float)) or numpy is None else numpy.asarray(value)


def _common(size, *parameters):
    """The shape of what is drawn: as asked, else that of parameters that are arrays."""
    if size is not None or all(isinstance(one, (int, float)) for one in parameters):
        return size
    shape = numpy.broadcast_shapes(*(numpy.shape(one) for one in parameters))
    return shape if shape != () else None


def _sized(size, out):
    return out.shape if size is None and out is not None else size


def _given(drawn, dtype, out):
    """In the type that was asked for, or written where it is wanted."""
    if out is not None:
        out[...] = drawn
        return out
    return drawn if dtype is None else numpy.asarray(drawn, dtype=dtype)[()]


def _many(draw, size, whole=False):
    if size is None:
        return draw()
    shape = tuple(int(n) for n in size) if hasattr(size, "__len__") else (int(size),)
    drawn = [draw() for _ in range(math.prod(shape))]
    return numpy.array(drawn, dtype="int64" if whole else "float64").reshape(shape)
