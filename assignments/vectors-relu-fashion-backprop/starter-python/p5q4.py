"""Problem 5, Question 4."""


def train_one_epoch(net, X, Y, learning_rate=0.003):
    """One step for every sample, in their order."""
    raise NotImplementedError("P5.Q4 is not implemented yet")


def test_and_train(net, train, test, epochs=3, learning_rate=0.003):
    """The scores on test["X"], test["Y"] before the training and after every epoch, in a list."""
    raise NotImplementedError("P5.Q4 is not implemented yet")
