"""Problem 4 (a): the data in batches."""


def loaders(train, test, batch=64):
    """A loader of training batches, in a new order whenever they are gone through, and one of test batches; pixels in [0, 1]."""
    raise NotImplementedError("P4a is not implemented yet")
