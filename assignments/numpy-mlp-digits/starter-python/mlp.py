"""Sections 2.5 and 3.5: the whole network, forwards, and backwards with an update of the weights."""


class MLP:
    def __init__(self, sizes, rng):
        """2.5. `sizes` begins with the number of inputs: [64, 32, 10] has two layers. Sigmoid everywhere, Softmax at the end."""
        self.layers = []
        raise NotImplementedError("2.5 is not implemented yet")

    def forward(self, x):
        """2.5. Predictions for a mini-batch: examples × 64 in, examples × 10 out."""
        raise NotImplementedError("2.5 is not implemented yet")

    def backward(self, x, target, lr):
        """
        3.5. One step of gradient descent on a mini-batch. All gradients are computed with the old weights; then every weight
        and bias moves by -lr * gradient. Returns `(loss, tape)`: the loss before the update, and for each layer, the first one
        first, a dictionary with pre_activation, activation, dW and dB.
        """
        raise NotImplementedError("3.5 is not implemented yet")
