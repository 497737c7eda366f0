"""Problem 4 (e): one batch, looked at. No marks."""


def inspect_batch(model, xs, ys):
    """The labels of a batch, what the model predicts, and how many of them agree."""
    raise NotImplementedError("P4e is not implemented yet")
