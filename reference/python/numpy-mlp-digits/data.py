"""Section 2.1, model solution: from the lines of a file to mini-batches for the network."""

import numpy as np


def load_digits(csv):
    """The images, 8×8 as they are in the file, and their digits."""
    table = np.array([line.split(",") for line in csv.split()], dtype=int)
    return table[:, :64].reshape(-1, 8, 8), table[:, 64]


def to_pairs(inputs, targets):
    """One pair for each example."""
    return list(zip(inputs, targets))


def to_vector(image):
    """Row after row, from 0 to 1."""
    return (np.asarray(image).reshape(-1) / 16).astype(np.float32)


def one_hot(target):
    """1 at the place of the digit."""
    row = np.zeros(10, dtype=np.float32)
    row[target] = 1
    return row


def minibatches(pairs, minibatch_size, rng):
    """One epoch in a new order; the last mini-batch may be smaller."""
    order = rng.permutation(len(pairs))
    for start in range(0, len(pairs), minibatch_size):
        chosen = [pairs[i] for i in order[start : start + minibatch_size]]
        yield np.array([x for x, _ in chosen]), np.array([t for _, t in chosen])
