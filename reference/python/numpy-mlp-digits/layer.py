"""Sections 2.4, 3.3 and 3.4, model solution: one layer of a multilayer perceptron."""

import numpy as np


class MLPLayer:
    """Weights of shape inputs × units, a bias and an activation."""

    def __init__(self, activation, units, input_size, rng):
        self.activation = activation
        self.weights = rng.normal(0.0, 0.2, size=(input_size, units))
        self.bias = np.zeros(units)

    def pre_activation(self, x):
        """x @ weights + bias."""
        return x @ self.weights + self.bias

    def forward(self, x):
        """The activation of x @ weights + bias."""
        return self.activation(self.pre_activation(x))

    def weights_backward(self, d_pre, input, pre_activation):
        """Gradients of weights, bias and input from dL/dpre-activation."""
        return input.T @ d_pre, d_pre.sum(axis=0), d_pre @ self.weights.T

    def backward(self, error_signal, input, pre_activation, activation):
        """The same from dL/dactivation."""
        d_pre = self.activation.backward(pre_activation, activation, error_signal)
        return self.weights_backward(d_pre, input, pre_activation)
