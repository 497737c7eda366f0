"""1.1g: the same search with step sizes that shrink."""


def optimize_f(x, y, step_size, steps, decay=1):
    """As in 1.1a; the step sizes are step_size, step_size · decay, step_size · decay², …"""
    raise NotImplementedError("1.1g is not implemented yet")
