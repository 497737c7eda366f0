"""Sections 2.2 and 3.2: the sigmoid, forwards and backwards."""


class Sigmoid:
    def __call__(self, x):
        """2.2. 1 / (1 + exp(-x)) of every entry, in the shape of x (examples × units)."""
        raise NotImplementedError("2.2 is not implemented yet")

    def backward(self, pre_activation, activation, error_signal):
        """3.2. dL/dpre_activation from the error signal dL/dactivation. All arguments have the same shape."""
        raise NotImplementedError("3.2 is not implemented yet")
