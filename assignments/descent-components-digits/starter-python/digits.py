"""
Given. The data of section 1.6: images of 8×8 pixels that look like handwritten digits, drawn by strokes from a fixed seed, so that
everybody has the same ones and nothing has to be downloaded.
"""

import numpy as np
from pen_strokes import draw_digit
from rng import create_rng

COUNT = 1797


def load_digits():
    """
    898 images for training and 899 for testing. Pixels are standardised by the mean and the standard deviation of all of them; the
    label is 1 for the digits 0 to 4, and 0 for 5 to 9.
    """
    rng = create_rng(12345)
    drawn = [draw_digit(rng, side=8, full=16) for _ in range(COUNT)]
    x = np.array([pixels.ravel() for pixels, _ in drawn], dtype=float)
    x = (x - x.mean()) / x.std()
    y = np.array([float(digit < 5) for _, digit in drawn])
    half = COUNT // 2
    return {"train": {"x": x[:half], "y": y[:half]}, "test": {"x": x[half:], "y": y[half:]}}
