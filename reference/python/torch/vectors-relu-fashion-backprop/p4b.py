"""Problem 4 (b): the network. Its outputs are logits; the loss applies the softmax."""

from torch import nn


def build_fashion_model():
    """An untrained dense network 784–256–128–64–10 for images of shape [28, 28], ReLU in its three hidden layers."""
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(784, 256),
        nn.ReLU(),
        nn.Linear(256, 128),
        nn.ReLU(),
        nn.Linear(128, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )
