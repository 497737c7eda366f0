"""
Stands in for parts of scikit-learn: `sklearn.datasets` where a sheet allows it for its data alone, whose `load_digits` gives the table
that the grader hands over, or else the one that is given with the sheet; and the share of right guesses of `sklearn.metrics`.
"""

import importlib
import types

from handed import handed
from inward import Record

try:
    import numpy
except ImportError:  # a process that only reads source has none
    numpy = None

SIDE, CLASSES = 8, 10


def load_digits(*, n_class=CLASSES, return_X_y=False, as_frame=False):
    """Grey images as rows of 64 numbers and as squares, with their digits, in the library's types."""
    if as_frame:
        raise ImportError("load_digits with as_frame=True needs pandas, which is not there while this is graded")
    images, digits = handed("images"), handed("targets")
    if images is None:
        lines = (handed("csv") or _given()).split()
        table = numpy.array([line.split(",") for line in lines], dtype="float64")
        images, digits = table[:, :-1], table[:, -1]
    images = numpy.array(images, dtype="float64").reshape(-1, SIDE, SIDE)
    digits = numpy.array(digits, dtype="int64").ravel()
    wanted = digits < n_class
    images, digits = images[wanted], digits[wanted]
    data = images.reshape(len(images), -1)
    if return_X_y:
        return data, digits
    names = [f"pixel_{row}_{column}" for row in range(SIDE) for column in range(SIDE)]
    return Record(
        data=data,
        target=digits,
        frame=None,
        feature_names=names,
        target_names=numpy.arange(CLASSES)[:n_class],
        images=images,
        DESCR="Images of digits, 8 by 8, with grey values from 0 to 16.",
    )


def _given():
    """The lines that are given with the sheet."""
    return importlib.import_module("digits_csv").digits_csv()


def accuracy_score(y_true, y_pred, *, normalize=True):
    """The share of labels that are guessed rightly, or how many they are."""
    right = numpy.asarray(y_true).ravel() == numpy.asarray(y_pred).ravel()
    return float(right.mean()) if normalize else int(right.sum())


metrics = types.ModuleType("sklearn.metrics")
metrics.accuracy_score = accuracy_score
datasets = types.ModuleType("sklearn.datasets")
datasets.load_digits = load_digits
MODULES = {"sklearn_datasets.py": datasets, "sklearn_metrics.py": metrics}
