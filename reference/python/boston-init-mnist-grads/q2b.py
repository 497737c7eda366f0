"""Question 2b: histograms whose area is one."""

import numpy as np


def density_histogram(values, bins, range=None):
    """Edges and heights over bins of equal width; the last bin holds its right edge, every other one only its left."""
    density, edges = np.histogram(np.asarray(values).ravel(), bins=bins, range=range, density=True)
    return edges, density
