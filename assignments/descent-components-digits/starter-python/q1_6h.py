"""1.6h: a net for the digits, as `Net` of net.py with your layers."""


def build_net(rng):
    """Returns an untrained Net: at least three Linear layers and a Sigmoid at the end."""
    raise NotImplementedError("1.6h is not implemented yet")
