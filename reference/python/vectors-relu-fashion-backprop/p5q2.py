"""Problem 5, Question 2: the forward pass."""

import numpy as np
from helpers import cross_entropy_loss, integer_to_one_hot, sigmoid, softmax


def forward(net, sample):
    """u[l] = a[l] W[l] + b[l]; a[0] is the sample, a[l + 1] = sigmoid(u[l]), at the output softmax(u[l])."""
    u, a = [], [sample]
    last = len(net["weights"]) - 1
    for l, (W, b) in enumerate(zip(net["weights"], net["biases"])):
        z = a[l] @ W + b
        u.append(z)
        a.append(sigmoid(z) if l < last else softmax(z))
    return u, a


def feed_forward_sample(net, sample, y):
    """The cross-entropy of one sample, and its most likely class."""
    p = forward(net, sample)[1][-1]
    return cross_entropy_loss(integer_to_one_hot(y, len(p)), p), int(np.argmax(p))


def feed_forward_dataset(net, X, Y):
    """The mean loss over all samples, how many are classified rightly, and how many there are."""
    loss, correct, total = 0.0, 0, len(X)
    for sample, y in zip(X, Y):
        own, guess = feed_forward_sample(net, sample, y)
        loss += own
        if guess == y:
            correct += 1
    average_loss = loss / total
    print(f"Average loss: {average_loss:.2f} Accuracy: {correct} / {total} ({100 * correct / total:.2f}%)")
    return {"average_loss": average_loss, "correct": correct, "total": total}
