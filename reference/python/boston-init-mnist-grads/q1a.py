"""Question 1a: split, standardise with the statistics of the training rows, shuffle and batch."""

import numpy as np
import tensorflow as tf


def standardise(train, val):
    """(x - mean) / std per column; both statistics come from the training rows alone, so that nothing leaks."""
    train, val = np.asarray(train, dtype="float64"), np.asarray(val, dtype="float64")
    mean, std = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / std, (val - mean) / std, mean, std


def make_pipeline(x, y, batch_size=32, val_fraction=0.25, seed=0):
    """Random split, standardised features, batches; the training rows come in a new order in every epoch."""
    x, y = np.asarray(x), np.asarray(y, dtype="float32").reshape(-1, 1)
    order = np.random.default_rng(seed).permutation(len(x))
    n_val = int(len(x) * val_fraction)
    for_val, for_train = order[:n_val], order[n_val:]

    train, val, mean, std = standardise(x[for_train], x[for_val])
    # Targets are rows of one number, like the predictions: [b] against [b, 1] would broadcast inside the loss.
    train_dataset = tf.data.Dataset.from_tensor_slices((train.astype("float32"), y[for_train]))
    val_dataset = tf.data.Dataset.from_tensor_slices((val.astype("float32"), y[for_val]))
    # The buffer holds all rows: a smaller one would only mix neighbours.
    train_dataset = train_dataset.shuffle(len(train), seed=seed).batch(batch_size)
    return {
        "train": train_dataset,
        "val": val_dataset.batch(batch_size),
        "n_train": len(train),
        "n_val": n_val,
        "mean": mean,
        "std": std,
        "element_spec": train_dataset.element_spec,
    }
