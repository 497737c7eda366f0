"""Task T4: rectified linear units in the hidden layers."""

from perceptron import MultiLayerPerceptron


def f_relu(X, deriv=False):
    """max(0, x) of every number, or with `deriv` its derivative."""
    raise NotImplementedError("f_relu is not implemented yet")


class MultiLayerPerceptronRelu(MultiLayerPerceptron):
    def __init__(self, layer_config, batch_size, rng, init_sd=0.05):
        """The given perceptron with f_relu in its hidden layers."""
        raise NotImplementedError("MultiLayerPerceptronRelu is not implemented yet")
