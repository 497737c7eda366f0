"""1.2k: the binary cross-entropy of every prediction: no sum, no mean."""


def bce_loss(y, y_hat):
    """The loss of every prediction."""
    raise NotImplementedError("1.2k is not implemented yet")


def bce_loss_grad(y, y_hat):
    """Its derivative with respect to y_hat."""
    raise NotImplementedError("1.2k is not implemented yet")


def bce_loss_grad_numerical(y, y_hat, epsilon):
    """The central difference quotient of your bce_loss with respect to y_hat."""
    raise NotImplementedError("1.2k is not implemented yet")
