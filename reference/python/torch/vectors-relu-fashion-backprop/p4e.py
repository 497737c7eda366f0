"""Problem 4 (e): one batch, looked at."""

import torch


@torch.no_grad()
def inspect_batch(model, xs, ys):
    """Labels and predictions of one batch, and how many agree."""
    preds = model(xs).argmax(1)
    return ys.tolist(), preds.tolist(), int((preds == ys).sum())
