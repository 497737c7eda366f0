"""Given. A seeded source of random numbers: equal seeds give equal numbers, so that your runs can be repeated."""

import numpy as np


def create_rng(seed):
    """numpy's generator with this seed: `rng.normal(size=…)`, `rng.uniform`, `rng.integers(n)`, `rng.permutation(n)`."""
    return np.random.default_rng(seed)
