"""Section 2.1: from the lines of a file to mini-batches for the network."""

import numpy as np


def load_digits(csv):
    """
    2.1a. Reads the data set: lines of 65 whole numbers without a header, 64 pixels from 0 to 16, row after row, then the digit.

    Returns images of 8×8 pixels as they are in the file, and their digits, in order: `(images, targets)`.
    """
    raise NotImplementedError("2.1a is not implemented yet")


def to_pairs(inputs, targets):
    """2.1b. A list with one pair `(input, target)` for each example, in order."""
    raise NotImplementedError("2.1b is not implemented yet")


def to_vector(image):
    """2.1d and 2.1e. An 8×8 image as one vector, row after row, as float32 from 0 to 1 (or from -1 to 1)."""
    raise NotImplementedError("2.1d is not implemented yet")


def one_hot(target):
    """2.1f. Ten numbers: 1 at the place of the digit, 0 everywhere else."""
    raise NotImplementedError("2.1f is not implemented yet")


def minibatches(pairs, minibatch_size, rng):
    """
    2.1g and 2.1h. A generator of one epoch: all pairs in a new random order, in mini-batches of `minibatch_size`, each a tuple
    `(inputs, targets)` of arrays with one row for each example. Every call shuffles anew; the last one may be smaller, or be left out.
    """
    raise NotImplementedError("2.1g is not implemented yet")
    yield np.zeros((0, 64)), np.zeros((0, 10))
