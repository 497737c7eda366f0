"""Given. Batches in a fixed order, for trying Question 1b out before your own pipeline works; the grader uses them too."""

import numpy as np
import tensorflow as tf


def fixed_batches(x, y, batch_size):
    """The rows as they come, in batches of features [b, features] and targets [b, 1]; the last one may be smaller."""
    rows = np.asarray(x, dtype="float32")
    targets = np.asarray(y, dtype="float32").reshape(-1, 1)
    return tf.data.Dataset.from_tensor_slices((rows, targets)).batch(batch_size)
