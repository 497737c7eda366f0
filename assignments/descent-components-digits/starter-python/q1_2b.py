"""1.2b: the sigmoid and its derivative, for a number or an array of any shape."""


def sigmoid(x):
    """1 / (1 + e⁻ˣ) of every number."""
    raise NotImplementedError("1.2b is not implemented yet")


def sigmoid_grad(x):
    """The derivative at every number."""
    raise NotImplementedError("1.2b is not implemented yet")
