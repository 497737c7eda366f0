"""Sections 2.5 and 3.5, model solution. The loss is the mean over the mini-batch, so the gradient is a mean too."""

from cce import CCE
from layer import MLPLayer
from sigmoid import Sigmoid
from softmax import Softmax


class MLP:
    """Layers of sigmoids, the last one of a softmax."""

    def __init__(self, sizes, rng):
        last = len(sizes) - 2
        self.loss = CCE()
        self.layers = [
            MLPLayer(Softmax() if l == last else Sigmoid(), units, sizes[l], rng) for l, units in enumerate(sizes[1:])
        ]

    def forward(self, x):
        """Predictions for a mini-batch."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, x, target, lr):
        """One step of gradient descent; the loss before it, and the tape."""
        inputs, tape = [], [{} for _ in self.layers]
        for layer, entry in zip(self.layers, tape):
            inputs.append(x)
            entry["pre_activation"] = layer.pre_activation(x)
            entry["activation"] = x = layer.activation(entry["pre_activation"])

        losses = self.loss(x, target)
        error_signal = self.loss.backward(x, target) / len(x)
        for layer, entry, input in zip(reversed(self.layers), reversed(tape), reversed(inputs)):
            entry["dW"], entry["dB"], error_signal = layer.backward(
                error_signal, input, entry["pre_activation"], entry["activation"]
            )

        # Only now: the gradients of the layers below were computed with the old weights.
        for layer, entry in zip(self.layers, tape):
            layer.weights = layer.weights - lr * entry["dW"]
            layer.bias = layer.bias - lr * entry["dB"]
        return losses.mean(), tape
