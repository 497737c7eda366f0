"""Dense layers under gradient descent on the mean squared error, as arrays: the steps of a library that would make a graph for them."""

import numpy

# Taken before any program could put others in their place.
_exp, _maximum, _tanh, _abs, _square, _mean, _sum = numpy.exp, numpy.maximum, numpy.tanh, numpy.abs, numpy.square, numpy.mean, numpy.sum


def _sigmoid(z):
    return 1 / (1 + _exp(-z))


def _swish_slope(z, a):
    s = _sigmoid(z)
    return s + a * (1 - s)


# What each gives, and by what it multiplies what flows back.
ACTIVATIONS = {
    "linear": (lambda z: z, lambda z, a: 1),
    "relu": (lambda z: _maximum(z, 0), lambda z, a: z > 0),
    "sigmoid": (_sigmoid, lambda z, a: a * (1 - a)),
    "tanh": (_tanh, lambda z, a: 1 - a * a),
    "swish": (lambda z: z * _sigmoid(z), _swish_slope),
}
ERRORS = {"squared": _square, "absolute": _abs}


class DenseDescent:
    """
    `layers` says of each its activation and whether it has biases. `weights` and `velocities` are in the order of the layers;
    without momentum there are no velocities. `totals` adds up, over batches, the loss and each of `errors` with the examples of it.
    """

    def __init__(self, layers, errors, number):
        self._layers = [(has_bias, *ACTIVATIONS[activation]) for activation, has_bias in layers]
        self._errors, self._number = [ERRORS[error] for error in errors], number
        self.weights, self.velocities, self.totals = [], [], []

    def begin(self, weights, velocities, rate, momentum, nesterov):
        """Goes on from these."""
        self.weights, self.velocities = weights, velocities
        self._rate, self._momentum, self._nesterov = self._number(rate), self._number(momentum), nesterov
        self.forget()

    def forget(self):
        """Begins to add up anew."""
        self.totals = [self._number(0)] * (2 + 2 * len(self._errors))

    def test(self, batch):
        """Adds the errors of a batch."""
        self._forward(*self._parts(batch))

    def step(self, batch):
        """The same, and a step."""
        seen, off = self._forward(*self._parts(batch))
        flowing, at, changes = off * self._number(2 / off.size), len(self.weights), []
        for (x, z, a), (has_bias, _, slope) in zip(reversed(seen), reversed(self._layers)):
            flowing = flowing * slope(z, a)
            at -= 1 + has_bias
            changes[:0] = [x.T @ flowing, *([flowing.sum(axis=0)] if has_bias else [])]
            flowing = flowing @ self.weights[at].T
        self._descend(changes)

    def _parts(self, batch):
        return [part.astype(self._number) for part in batch]

    def _forward(self, x, y):
        """What each layer was given, what it summed up and what it gave; and by how much the last one is off."""
        seen, weights = [], iter(self.weights)
        for has_bias, activation, _ in self._layers:
            z = x @ next(weights)
            if has_bias:
                z = z + next(weights)
            a = activation(z)
            seen.append((x, z, a))
            x = a
        off, rows = x - y, self._number(len(y))
        added = [_mean(_square(off)) * rows, *(_sum(_mean(error(off), axis=-1)) for error in self._errors)]
        self.totals = [total + more for total, more in zip(self.totals, [part for more in added for part in (more, rows)])]
        return seen, off

    def _descend(self, changes):
        moves = changes = [change * self._rate for change in changes]
        if not self.velocities:
            self.weights = [weight - move for weight, move in zip(self.weights, moves)]
            return
        self.velocities = moves = [velocity * self._momentum - change for velocity, change in zip(self.velocities, changes)]
        if self._nesterov:
            moves = [velocity * self._momentum - change for velocity, change in zip(moves, changes)]
        self.weights = [weight + move for weight, move in zip(self.weights, moves)]
