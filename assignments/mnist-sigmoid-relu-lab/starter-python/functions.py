"""Given. The activation functions of the lab, for a whole batch at once: one row for each image."""

import numpy as np


def f_sigmoid(X, deriv=False):
    """σ(x) = 1 / (1 + e^-x) of every number, or its derivative σ(x)(1 - σ(x))."""
    s = 1 / (1 + np.exp(-X))
    return s * (1 - s) if deriv else s


def f_softmax(X):
    """e^x_j / Σ_k e^x_k in every row. The largest x of a row is subtracted first, so that nothing overflows."""
    powers = np.exp(X - X.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
