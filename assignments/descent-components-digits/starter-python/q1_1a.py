"""1.1a: gradient descent on the surface of `surface.py`; you will need its f, grad_x and grad_y."""


def optimize_f(x, y, step_size, steps):
    """Takes `steps` steps from (x, y) and returns `(x, y, value, x_hist, y_hist)`; histories begin with the start."""
    raise NotImplementedError("1.1a is not implemented yet")
