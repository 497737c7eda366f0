"""1.2k, model solution: L = -y log ŷ - (1 - y) log(1 - ŷ) and ∂L/∂ŷ = -y/ŷ + (1 - y)/(1 - ŷ), elementwise."""

import numpy as np


def bce_loss(y, y_hat):
    """The loss of every prediction."""
    return -y * np.log(y_hat) - (1 - y) * np.log(1 - y_hat)


def bce_loss_grad(y, y_hat):
    """The derivative of every loss with respect to its prediction."""
    return -y / y_hat + (1 - y) / (1 - y_hat)


def bce_loss_grad_numerical(y, y_hat, epsilon):
    """The central difference quotient of `bce_loss` with respect to ŷ."""
    return (bce_loss(y, y_hat + epsilon) - bce_loss(y, y_hat - epsilon)) / (2 * epsilon)
