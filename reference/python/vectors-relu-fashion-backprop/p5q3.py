"""Problem 5, Question 3: backpropagation."""

import numpy as np
from helpers import dsigmoid, integer_to_one_hot
from p5q2 import forward


def train_one_sample(net, sample, y, learning_rate=0.003):
    """
    One step of gradient descent on the loss of one sample, in place. Per layer, from the last one down:

      δ = p - y at the output, (W δ) ∘ σ′(u) below;  ∂L/∂W = a δᵀ,  ∂L/∂b = δ

    δ of the layer below is taken with the old weights: they change only afterwards.
    """
    weights, biases = net["weights"], net["biases"]
    u, a = forward(net, sample)
    p = a[-1]
    delta = p - integer_to_one_hot(y, len(p))
    for l in range(len(weights) - 1, -1, -1):
        below = dsigmoid(u[l - 1]) * (weights[l] @ delta) if l > 0 else None
        weights[l] -= learning_rate * np.outer(a[l], delta)
        biases[l] -= learning_rate * delta
        delta = below
