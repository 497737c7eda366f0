"""1.2b, model solution: σ(x) = 1 / (1 + e⁻ˣ) and σ'(x) = σ(x)(1 - σ(x)), elementwise."""

import numpy as np


def sigmoid(x):
    """σ(x) of every number."""
    return 1 / (1 + np.exp(-x))


def sigmoid_grad(x):
    """The derivative at every number."""
    return sigmoid(x) * (1 - sigmoid(x))
