"""Problem 4 (f): a few test images with the probabilities that the model gives them."""

import numpy as np
import torch


@torch.no_grad()
def sample_probs(model, test, k=3, seed=1):
    """k different test images at random; the model's outputs are logits."""
    samples = []
    for index in np.random.default_rng(seed).permutation(len(test["labels"]))[:k]:
        x = torch.tensor(test["images"][index] / 255, dtype=torch.float32).reshape(1, 28, 28)
        probs = torch.softmax(model(x), dim=1)[0]
        samples.append({"index": int(index), "label": int(test["labels"][index]), "pred": int(probs.argmax()), "probs": probs.tolist()})
    return samples
