"""Question 1a: split, standardise, batch."""


def standardise(train, val):
    """Both parts with the column means and standard deviations of the training rows: train, val, mean, std."""
    raise NotImplementedError("Q1a is not implemented yet")


def make_pipeline(x, y, batch_size=32, val_fraction=0.25, seed=0):
    """A dictionary with train and val as tf.data.Datasets, n_train, n_val, mean, std and element_spec."""
    raise NotImplementedError("Q1a is not implemented yet")
