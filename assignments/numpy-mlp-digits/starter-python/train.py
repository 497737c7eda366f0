"""Section 3.6: training with mini-batches."""


def train(mlp, pairs, epochs, minibatch_size, lr, rng):
    """3.6. Trains `mlp` for some epochs, each with all pairs in new mini-batches; returns the mean loss of every epoch, a list."""
    raise NotImplementedError("3.6 is not implemented yet")
