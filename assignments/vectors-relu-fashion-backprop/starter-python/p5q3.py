"""Problem 5, Question 3."""


def train_one_sample(net, sample, y, learning_rate=0.003):
    """One step of gradient descent on the loss of one sample; the net is changed in place."""
    raise NotImplementedError("P5.Q3 is not implemented yet")
