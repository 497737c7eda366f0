"""Problem 2 B."""


def l1_subgrad(X, w, y):
    """The gradient of your loss with respect to w, d numbers."""
    raise NotImplementedError("P2B is not implemented yet")
