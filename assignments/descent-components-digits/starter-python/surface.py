"""Given. The surface of section 1.1 and its partial derivatives."""

import numpy as np


def f(x, y):
    """f(x, y) = x² + y² + x(y + 2) + cos 3x"""
    return x**2 + y**2 + x * (y + 2) + np.cos(3 * x)


def grad_x(x, y):
    """∂f/∂x"""
    return 2 * x + y + 2 - 3 * np.sin(3 * x)


def grad_y(x, y):
    """∂f/∂y"""
    return x + 2 * y
