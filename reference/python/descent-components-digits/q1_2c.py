"""1.2c, model solution: σ'(x) ≈ (σ(x + ε) - σ(x - ε)) / 2ε."""

from q1_2b import sigmoid


def sigmoid_grad_numerical(x, epsilon):
    """The central difference quotient of `sigmoid` at every x."""
    return (sigmoid(x + epsilon) - sigmoid(x - epsilon)) / (2 * epsilon)
