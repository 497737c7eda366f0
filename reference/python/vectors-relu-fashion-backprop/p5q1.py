"""Problem 5, Question 1: weights from N(0, 1 / max(inputs, outputs)), biases 0."""

import numpy as np


def init_net(sizes, rng):
    """Layer l has weights[l], inputs × outputs, and biases[l], one number for each output."""
    weights, biases = [], []
    for inputs, outputs in zip(sizes, sizes[1:]):
        sd = np.sqrt(1 / max(inputs, outputs))
        weights.append(rng.normal(0, sd, size=(inputs, outputs)))
        biases.append(np.zeros(outputs))
    return {"weights": weights, "biases": biases}
