"""Problem 4 (f): a few test images with the probabilities that the model gives them."""


def sample_probs(model, test, k=3, seed=1):
    """k different test images at random, each as a dictionary with index, label, pred and probs; the same ones for the same seed."""
    raise NotImplementedError("P4f is not implemented yet")
