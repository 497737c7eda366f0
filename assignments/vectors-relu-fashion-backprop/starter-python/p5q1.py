"""Problem 5, Question 1. A net is a dictionary: net["weights"][l] is inputs × outputs, net["biases"][l] has one number for each output."""


def init_net(sizes, rng):
    """Initial weights and biases for these sizes, e.g. [784, 32, 32, 10], in such a dictionary."""
    raise NotImplementedError("P5.Q1 is not implemented yet")
