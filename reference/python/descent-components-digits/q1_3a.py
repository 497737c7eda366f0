"""1.3a, model solution: h = x·w + b, ŷ = σ(h), L = BCE(y, ŷ); backwards with the chain rule to x."""

from q1_2b import sigmoid, sigmoid_grad
from q1_2k import bce_loss, bce_loss_grad


def one_layer(w, b, x, y):
    """The loss of one example, and its gradient with respect to the inputs."""
    h = x @ w + b
    y_hat = sigmoid(h)
    grad_h = bce_loss_grad(y, y_hat) * sigmoid_grad(h)
    grad_x = grad_h * w
    return bce_loss(y, y_hat), grad_x
