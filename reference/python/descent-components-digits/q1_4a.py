"""1.4a, model solution: y = xW + b, and backwards ∂L/∂x = ∂y Wᵀ, ∂L/∂W = xᵀ ∂y, ∂L/∂b = Σ ∂y over the rows."""

import numpy as np


class Linear:
    """y = xW + b for every row of a mini-batch."""

    def __init__(self, n_in, n_out, rng):
        a = np.sqrt(6 / (n_in * n_out))
        self.W = rng.uniform(-a, a, size=(n_in, n_out))
        self.b = np.zeros(n_out)
        self.dW = None
        self.db = None

    def forward(self, x):
        """The output for every row of x."""
        return x @ self.W + self.b

    def backward(self, x, dy):
        """Stores the gradients of W and b, and returns that of x."""
        self.dW = x.T @ dy
        self.db = dy.sum(axis=0)
        return dy @ self.W.T

    def step(self, step_size):
        """One step of gradient descent."""
        self.W = self.W - step_size * self.dW
        self.b = self.b - step_size * self.db
