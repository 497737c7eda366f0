"""Section 3.6, model solution: the loss of an epoch is the mean over its examples, each with the weights of its moment."""

import numpy as np
from data import minibatches


def train(mlp, pairs, epochs, minibatch_size, lr, rng):
    """Mean loss and accuracy of every epoch."""
    losses, accuracies = [], []
    for _ in range(epochs):
        total, right, seen = 0.0, 0, 0
        for inputs, targets in minibatches(pairs, minibatch_size, rng):
            loss, tape = mlp.backward(inputs, targets, lr)
            total += loss * len(inputs)
            right += int((tape[-1]["activation"].argmax(axis=1) == targets.argmax(axis=1)).sum())
            seen += len(inputs)
        losses.append(total / seen)
        accuracies.append(right / seen)
    return losses, accuracies
