"""1.4a: a linear layer."""

import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng):
        a = np.sqrt(6 / (n_in * n_out))
        self.W = rng.uniform(-a, a, size=(n_in, n_out))
        self.b = np.zeros(n_out)
        self.dW = None
        self.db = None

    def forward(self, x):
        """The output for every row of x."""
        raise NotImplementedError("1.4a is not implemented yet")

    def backward(self, x, dy):
        """Stores dW and db, summed over the rows, and returns the gradient of x."""
        raise NotImplementedError("1.4a is not implemented yet")

    def step(self, step_size):
        """Moves W and b against the stored gradients."""
        raise NotImplementedError("1.4a is not implemented yet")
