"""1.1g, model solution: the step sizes are η₀, η₀d, η₀d², …"""

from surface import f, grad_x, grad_y


def optimize_f(x, y, step_size, steps, decay=1):
    """As in 1.1a, but step t = 0, 1, … is of size step_size · decay^t."""
    x_hist, y_hist = [x], [y]
    for t in range(steps):
        eta = step_size * decay**t
        x, y = x - eta * grad_x(x, y), y - eta * grad_y(x, y)
        x_hist.append(x)
        y_hist.append(y)
    return x, y, f(x, y), x_hist, y_hist
