"""Problem 4 (b): the network."""


def build_fashion_model():
    """An untrained dense network 784–256–128–64–10 for images of 28 × 28, ReLU in its three hidden layers."""
    raise NotImplementedError("P4b is not implemented yet")
