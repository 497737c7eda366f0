"""Problem 2 A: least absolute deviations."""

import numpy as np


def l1_loss(X, w, y):
    """‖Xw - y‖₁ = Σᵢ |xᵢᵀw - yᵢ|."""
    return np.abs(X @ w - y).sum()
