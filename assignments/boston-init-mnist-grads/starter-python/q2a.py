"""Question 2a: activations of a deep tanh network."""


def init_standard_normal(sizes, seed=1):
    """Lists of tf.Variables, one for each layer: weights from N(0, 1), and biases of zero."""
    raise NotImplementedError("Q2a is not implemented yet")


def sample_input(n, seed=1):
    """One input of n independent draws with mean 0 and variance 1/2."""
    raise NotImplementedError("Q2a is not implemented yet")


def layer_activations(x, weights, biases):
    """The list of the activations of every layer, the last one included."""
    raise NotImplementedError("Q2a is not implemented yet")
