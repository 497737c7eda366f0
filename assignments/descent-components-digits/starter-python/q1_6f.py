"""1.6f: a net for the digits, as `Net` of net.py with your layers."""


def build_net(rng):
    """Returns an untrained Net: two Linear layers in a row and a Sigmoid."""
    raise NotImplementedError("1.6f is not implemented yet")
