"""
Given. Data in the format of the optical digits set: 1797 lines of 65 whole numbers, 64 pixels from 0 (paper) to 16 (ink), row
after row, and then the digit. The images are drawn by strokes from a fixed seed, so that everybody has the same ones and
nothing has to be downloaded. The original digits.csv has the same format and may be used instead.
"""

from pen_strokes import draw_digit
from rng import create_rng

COUNT = 1797


def digits_csv():
    """The whole data set as text, without a header; the same every time."""
    rng = create_rng(12345)
    lines = []
    for _ in range(COUNT):
        pixels, digit = draw_digit(rng, side=8, full=16)
        lines.append(",".join(str(n) for n in [*pixels.ravel(), digit]) + "\n")
    return "".join(lines)
