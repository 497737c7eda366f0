"""
Stands in for the loaders of `keras.datasets`: nothing is fetched. What they give are the tables that the grader hands over, or
small made ones of the same shapes and types.
"""

import math
import types

from handed import handed
from made_tables import COLUMNS, pictures, prices

try:
    import numpy
except ImportError:  # a process that only reads source has none
    numpy = None


def boston_housing(path="boston_housing.npz", test_split=0.2, seed=113):
    """
    Rows and prices in two parts. A table that is handed over stands for the training part of the library's own split, since its
    other part plays no role in a sheet that splits anew; who asks for another share gets that of the table.
    """
    x, y = handed("features"), handed("targets")
    if x is None:
        x, y = prices(handed("columns") or COLUMNS)
    x, y = numpy.array(x, dtype="float64"), numpy.array(y, dtype="float64")
    share = 0.0 if test_split == 0.2 and not handed("in two parts") else test_split
    order = numpy.random.RandomState(seed).permutation(len(x))
    x, y = x[order], y[order]
    kept = int(len(x) * (1 - share))
    return (x[:kept], y[:kept]), (x[kept:], y[kept:])


def images(path="mnist.npz"):
    """Grey images as bytes with their labels, in two parts."""
    made, other = pictures(), tuple(part[:64] for part in pictures(2))
    return _pictured("images", "labels") or made, _pictured("test images", "test labels") or other


def _pictured(images, labels):
    """What was handed over as images: rows of bytes, or of shares of white, which become as many numbers up to 255; None without any."""
    x, y = handed(images), handed(labels)
    if x is None:
        return None
    y = numpy.array(y, dtype="uint8").ravel()
    if not handed("shares of white"):
        return numpy.array(x, dtype="uint8").reshape(-1, 28, 28), y
    x = numpy.array(x, dtype="float64") * 255
    x = x.reshape(len(x), -1)
    side = math.isqrt(x.shape[1])
    x = x.reshape(-1, side, side) if side * side == x.shape[1] else x[:, None]
    whole = x.round()
    # Bytes where that loses nothing.
    return (whole.astype("uint8") if numpy.allclose(x, whole, rtol=0, atol=1e-9) and numpy.ptp(x) <= 255 else x), y


def _module(load_data):
    module = types.ModuleType("datasets")
    module.load_data = load_data
    return module


MODULES = {"keras_boston_housing.py": _module(boston_housing), "keras_images.py": _module(images)}
