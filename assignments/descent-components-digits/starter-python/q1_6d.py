"""1.6d: a net for the digits, as `Net` of net.py with your layers."""


def build_net(rng):
    """Returns an untrained Net: one Linear 64→1 and a Sigmoid."""
    raise NotImplementedError("1.6d is not implemented yet")
