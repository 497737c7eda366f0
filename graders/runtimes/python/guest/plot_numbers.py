"""Numbers out of whatever a program hands over to be plotted: looked at with care and a bound, never iterated without an end."""

import math

import libraries
from trouble import cut

try:
    import numpy
except ImportError:
    numpy = None

# Of one plot, along one side of an image, of one histogram, of a text.
CURVES, SIDE, BINS, LETTERS = 12, 64, 400, 60
LARGEST = 1e100


def plain(value):
    """A tensor of a library as the array that a drawing library makes of it; anything else as it is."""
    # Asked for here: what prepares PyTorch takes the stand-ins of packages, and these what is drawn, before there is a library.
    library = libraries.library
    if library is None or not library.is_tensor(value):
        return value
    _, numbers = library.numbers(value)
    return numbers


def columns_of(ys):
    """Of a matrix every column is a curve."""
    if is_array(ys):
        array = numpy.ndarray.view(ys, numpy.ndarray)
        if array.ndim == 2:
            return [array[:, j] for j in range(min(array.shape[1], CURVES))]
    return [ys]


def points(xs, ys, most):
    """Every how many values are kept, those values (None for what is no finite number), and where they stand, if that is said."""
    length = length_of(ys)
    if xs is not None:
        length = min(length, length_of(xs))
    every = max(1, -(-length // most))
    return every, each(ys, every, length), None if xs is None else each(xs, every, length)


def length_of(values):
    """How many there are; 1 for what is no list."""
    if is_array(values):
        array = numpy.ndarray.view(values, numpy.ndarray)
        return array.shape[0] if array.ndim > 0 else 1
    if isinstance(values, (list, tuple)):
        return (list if isinstance(values, list) else tuple).__len__(values)
    return len(values) if type(values) is range else 1


def each(values, every, length):
    """Every so many of the first `length` numbers; None for what is no finite number."""
    if is_array(values):
        array = numpy.ndarray.view(values, numpy.ndarray)
        part = (array if array.ndim > 0 else array.reshape(1))[:length:every]
        if part.ndim == 1 and part.dtype.kind in "fiub" and part.dtype.itemsize <= 8:
            return _finite(part.astype(float))
        found = part.tolist()
    elif isinstance(values, list):
        found = list.__getitem__(values, slice(0, length, every))
    elif isinstance(values, tuple):
        found = tuple.__getitem__(values, slice(0, length, every))
    else:
        found = list(values[:length:every]) if type(values) is range else [values]
    return [number(value) for value in found]


def _finite(reals):
    """What `number` gives for each, all at once."""
    fine = numpy.isfinite(reals) & (abs(reals) < LARGEST)
    return reals.tolist() if fine.all() else [real if is_fine else None for real, is_fine in zip(reals.tolist(), fine.tolist())]


def number(value):
    """A finite number of a size that can be drawn; None for anything else."""
    value = scalar(value)
    if type(value) is list and len(value) == 1:
        value = value[0]
    if type(value) not in (int, float, bool):
        return None
    try:
        real = float(value)
    except OverflowError:
        return None
    return real if math.isfinite(real) and abs(real) < LARGEST else None


def scalar(value):
    """What stands in an array or tensor of one number as Python's own; anything else as it is."""
    value = plain(value)
    if numpy is None:
        return value
    if isinstance(value, numpy.generic) and type(value).__module__ == "numpy":
        return value.item()
    return numpy.ndarray.item(value) if is_array(value) and value.size == 1 else value


def image(values):
    """An image as few enough grey values; of colours their mean."""
    array = numpy.ndarray.view(values, numpy.ndarray) if is_array(values) else numpy.array(_nested(values), dtype=float)
    if array.ndim not in (2, 3):
        return None
    steps = [max(1, -(-side // SIDE)) for side in array.shape[:2]]
    small = array[:: steps[0], :: steps[1]]
    small = numpy.array(small[..., :4], dtype=float).mean(axis=2) if small.ndim == 3 else numpy.array(small, dtype=float)
    small = numpy.where(numpy.isfinite(small) & (abs(small) < LARGEST), small, 0.0)
    return small.tolist() if small.size > 0 else None


def _nested(values):
    rows = list(values[:SIDE]) if type(values) in (list, tuple) else []
    return [list(row[:SIDE]) if type(row) in (list, tuple) else numpy.ndarray.view(plain(row), numpy.ndarray)[:SIDE] for row in rows]


def histograms(values, bins, keywords):
    """Edges, heights and how many values there are: of a list of lists one of each."""
    parts = columns_of(values)
    if type(values) in (list, tuple) and 0 < len(values) <= CURVES and all(length_of(plain(part)) > 1 for part in values):
        parts = [plain(part) for part in values]
    return [one for part in parts for one in [_histogram(part, bins, keywords)] if one is not None]


def _histogram(values, bins, keywords):
    flat = values.reshape(-1) if _is_small(values) else values
    length = length_of(flat)
    every = max(1, -(-length // 20_000))
    kept = [v for v in each(flat, every, length) if v is not None]
    if not kept:
        return None
    bins = plain(bins)
    if type(bins) in (list, tuple) or is_array(bins):
        bins = [edge for edge in each(bins, 1, BINS) if edge is not None]
    else:
        bins = min(BINS, max(1, int(bins))) if type(scalar(bins)) is int else 10
    extent = keywords.get("range")
    ends = [number(end) for end in extent] if type(extent) in (list, tuple) and len(extent) == 2 else [None]
    dense = keywords.get("density") is True or keywords.get("density") == 1
    heights, edges = numpy.histogram(kept, bins, range=None if None in ends else ends, density=dense)
    return edges.tolist(), (heights.astype(float) * (1 if dense else every)).tolist(), length


def _is_small(values):
    return numpy is not None and type(values) is numpy.ndarray and values.ndim > 1 and values.flags.contiguous


def bars(args, keywords):
    """Bars beside each other: the edges of each as far as their places say them, the heights; None where there are none."""
    heights = plain(args[1] if len(args) > 1 else keywords.get("height", args[0]))
    heights = [v or 0.0 for v in each(heights, 1, BINS)]
    places = plain(args[0] if len(args) > 1 else keywords.get("x"))
    places = each(places, 1, BINS) if places is not None else [None]
    if len(heights) > 1 and len(places) == len(heights) and None not in places:
        step = places[1] - places[0]
        first = places[0] if keywords.get("align") == "edge" else places[0] - step / 2
        if step > 0 and all(abs(b - a - step) < 1e-3 * step for a, b in zip(places, places[1:])):
            return [first + i * step for i in range(len(heights) + 1)], heights
    # What they are called does not fit a small picture.
    return [i - 0.5 for i in range(len(heights) + 1)], heights


def words(text):
    """A label, cut to what can be shown; a number as it is printed; nothing for whatever else it is."""
    text = scalar(text)
    return cut(text, LETTERS) if type(text) is str else cut(str(text), LETTERS) if type(text) in (int, float) else ""


def is_array(values):
    """Whether it is an array of numpy's."""
    return numpy is not None and isinstance(values, numpy.ndarray)
