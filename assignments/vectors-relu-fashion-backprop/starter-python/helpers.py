"""Given. Small functions for Problem 5: activations and the loss of one sample."""

import numpy as np


def sigmoid(z):
    """1 / (1 + e^-z) of every number."""
    return 1 / (1 + np.exp(-z))


def dsigmoid(z):
    """The derivative of the sigmoid at the pre-activation z (not at its output)."""
    return sigmoid(z) * (1 - sigmoid(z))


def softmax(z):
    """Probabilities from the outputs of one sample; the largest is subtracted first, so that no exponential overflows."""
    exponentials = np.exp(z - np.max(z))
    return exponentials / exponentials.sum()


def cross_entropy_loss(y, p):
    """-Σ y_k ln p_k of one sample; a target of 0 counts 0 whatever the probability is."""
    wanted = y > 0
    return -np.sum(y[wanted] * np.log(p[wanted]))


def integer_to_one_hot(label, classes=10):
    """A row of `classes` numbers: 1 in column `label`, 0 elsewhere."""
    row = np.zeros(classes)
    row[int(label)] = 1
    return row
