"""Problem 4 (c): training by stochastic gradient descent."""

import torch
from torch import nn

cross_entropy = nn.CrossEntropyLoss()


def train_fashion(model, train, test, epochs, learning_rate):
    """One step for every training batch; after every epoch the losses and the accuracy of the test batches."""
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    train_loss, test_loss, test_acc = [], [], []
    for _ in range(epochs):
        train_loss.append(_train_once(model, train, optimizer))
        loss, accuracy = _evaluate(model, test)
        test_loss.append(loss)
        test_acc.append(accuracy)
    return train_loss, test_loss, test_acc


def _train_once(model, batches, optimizer):
    losses = []
    model.train()
    for xs, ys in batches:
        optimizer.zero_grad()
        loss = cross_entropy(model(xs), ys)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@torch.no_grad()
def _evaluate(model, batches):
    model.eval()
    losses, correct, total = [], 0, 0
    for xs, ys in batches:
        logits = model(xs)
        losses.append(cross_entropy(logits, ys).item())
        correct += (logits.argmax(1) == ys).sum().item()
        total += len(ys)
    return sum(losses) / len(losses), correct / total
