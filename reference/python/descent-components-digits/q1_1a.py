"""1.1a, model solution: x ← x - η ∂f/∂x and y ← y - η ∂f/∂y, both at the old point."""

from surface import f, grad_x, grad_y


def optimize_f(x, y, step_size, steps):
    """Where the descent ended, the value there, and every point on the way."""
    x_hist, y_hist = [x], [y]
    for _ in range(steps):
        x, y = x - step_size * grad_x(x, y), y - step_size * grad_y(x, y)
        x_hist.append(x)
        y_hist.append(y)
    return x, y, f(x, y), x_hist, y_hist
