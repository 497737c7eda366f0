"""Problem 3 D: all partial derivatives of a ReLU network with one input and one output."""

import numpy as np


def relu_net_grads(net, x):
    """With z̄ₖ = wHₖ x + bHₖ: ∂f/∂wOₖ = max(0, z̄ₖ), ∂f/∂bO = 1, ∂f/∂bHₖ = wOₖ [z̄ₖ > 0], ∂f/∂wHₖ = wOₖ [z̄ₖ > 0] x."""
    zbar = net["wH"] * x + net["bH"]
    db_hidden = np.where(zbar > 0, net["wO"], 0)
    return np.maximum(0, zbar), 1, db_hidden * x, db_hidden
