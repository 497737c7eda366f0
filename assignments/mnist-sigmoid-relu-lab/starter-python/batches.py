"""Given. Images and labels in the form in which the network takes them."""

import numpy as np


def label_to_bit_vector(labels, nbits):
    """One row of `nbits` numbers for each label: 1 at the place of the label, 0 elsewhere."""
    bits = np.zeros((len(labels), nbits))
    bits[np.arange(len(labels)), labels] = 1
    return bits


def create_batches(data, labels, batch_size, nbits=10):
    """
    Batches of `batch_size` images in their order, and with each its labels as bit vectors: `(data_batches, label_batches)`. A last
    incomplete batch is left out.
    """
    starts = range(0, len(data) - batch_size + 1, batch_size)
    return (
        [data[start : start + batch_size] for start in starts],
        [label_to_bit_vector(labels[start : start + batch_size], nbits) for start in starts],
    )
