"""Problem 5, Question 4: training."""

from p5q2 import feed_forward_dataset
from p5q3 import train_one_sample


def train_one_epoch(net, X, Y, learning_rate=0.003):
    """One step for every sample, one after the other in their order."""
    for sample, y in zip(X, Y):
        train_one_sample(net, sample, y, learning_rate)


def test_and_train(net, train, test, epochs=3, learning_rate=0.003):
    """Tests, then trains and tests again `epochs` times."""
    scores = [feed_forward_dataset(net, test["X"], test["Y"])]
    for _ in range(epochs):
        train_one_epoch(net, train["X"], train["Y"], learning_rate)
        scores.append(feed_forward_dataset(net, test["X"], test["Y"]))
    return scores
