"""
Given. A small stand-in for MNIST: digit-like images drawn by strokes on 14×14 pixels from a fixed seed and enlarged to 28×28.
Everybody has the same ones, and nothing has to be downloaded.
"""

import numpy as np
from pen_strokes import draw_digit
from rng import create_rng

TRAIN, TEST = 2000, 500


def load_mini_mnist():
    """2000 images for training and 500 for testing: rows of 784 numbers from 0 (paper) to 1 (ink), and the digits that they show."""
    rng = create_rng(28)
    drawn = [draw_digit(rng, side=14, full=255) for _ in range(TRAIN + TEST)]
    images = np.array([enlarge(pixels) for pixels, _ in drawn])
    labels = np.array([digit for _, digit in drawn])
    return {
        "train": {"images": images[:TRAIN], "labels": labels[:TRAIN]},
        "test": {"images": images[TRAIN:], "labels": labels[TRAIN:]},
    }


def enlarge(small):
    """14×14 whole numbers up to 255 as 28×28 numbers up to 1; only the core of every stroke stays."""
    large = np.asarray(small).reshape(14, 14).repeat(2, axis=0).repeat(2, axis=1)
    return (np.maximum(0, large - 204) / 51).ravel()
