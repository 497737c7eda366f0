"""Task T4, model solution: rectified linear units in the hidden layers."""

import numpy as np
from perceptron import MultiLayerPerceptron


def f_relu(X, deriv=False):
    """max(0, x) of every number, or with `deriv` its derivative: 1 for positive x and 0 otherwise."""
    return 1.0 * (X > 0) if deriv else np.maximum(0, X)


class MultiLayerPerceptronRelu(MultiLayerPerceptron):
    """The given perceptron with f_relu in its hidden layers. Smaller weights than with sigmoids keep its first outputs moderate."""

    def __init__(self, layer_config, batch_size, rng, init_sd=0.05):
        super().__init__(layer_config, batch_size, rng, init_sd)
        for layer in self.layers[1:-1]:
            layer.activation = f_relu
