"""
Records what a program plots, as numbers that a report can draw: curves, points, bars and small images with their labels. Whatever
is handed over is looked at with care and a bound; nothing of it ever stops the program.
"""

import math
import sys

from trouble import cut

try:
    import numpy
except ImportError:
    numpy = None

# Of all plots together, of one plot, of one curve, along one side of an image.
PLOTS, SERIES, POINTS, SIDE, BINS, LETTERS = 24, 6, 240, 64, 400, 60
CURVES = {"plot", "semilogy", "semilogx", "loglog", "step", "errorbar", "fill_between"}
LABELS = {"title": "title", "xlabel": "xLabel", "ylabel": "yLabel", "set_title": "title", "set_xlabel": "xLabel", "set_ylabel": "yLabel"}
FRESH = {"figure", "show", "close", "clf", "cla"}


class Recorder:
    """All plots of a process, in the order in which they were begun."""

    def __init__(self):
        self.paths, self._plots, self._current, self._where = (), [], None, None

    def found(self):
        """Those that have something to draw: where each was made, and what it shows."""
        drawn = [(plot.where, plot.drawing()) for plot in self._plots]
        return [{"path": where, "drawing": drawing} for where, drawing in drawn if drawing is not None]

    def begin(self):
        """New axes, which are the current ones from now on; None where there are enough already."""
        self._current = None
        if len(self._plots) < PLOTS:
            self._current = Plot(self._where or "")
            self._plots.append(self._current)
        return self._current

    def current(self):
        """The axes that are drawn on, new ones where there are none."""
        return self._current if self._current is not None else self.begin()

    def called(self, name, args, keywords, plot=None):
        """A function of a drawing library, or of its axes, was called."""
        try:
            self._called(name, args, keywords, plot)
        except BaseException:
            # What cannot be drawn is not; the program goes on.
            return

    def _called(self, name, args, keywords, plot):
        where = self._place()
        if where != self._where:
            # Under every cell there are plots of its own.
            self._where, self._current = where, None
        if name in FRESH:
            self._current = None
        elif name in LABELS or name in CURVES or name in ("scatter", "bar", "hist", "imshow", "matshow", "legend", "subplot"):
            target = plot if plot is not None else self.begin() if name == "subplot" else self.current()
            if target is not None and name != "subplot":
                target.take(name, args, keywords)

    def _place(self):
        """The outermost cell or file of the program that is at work: what a function draws belongs to who called it."""
        frame, found = sys._getframe(), None
        while frame is not None:
            if frame.f_code.co_filename in self.paths:
                found = frame.f_code.co_filename
            frame = frame.f_back
        return found


class Plot:
    """One pair of axes."""

    def __init__(self, where):
        self.where, self._series, self._bars, self._image = where, [], None, None
        self._labels = {"title": "", "xLabel": "", "yLabel": ""}

    def take(self, name, args, keywords):
        if name in LABELS:
            self._labels[LABELS[name]] = _words(args[0] if args else "")
        elif name == "legend":
            self._named(args[-1] if args else ())
        elif name in ("imshow", "matshow"):
            self._image = _rows(args[0])
        elif name == "hist":
            self._bars = _histogram(args[0], args[1] if len(args) > 1 else keywords.get("bins", 10))
        elif name == "bar":
            self._bars = _columns(args)
        elif name == "scatter":
            self._add(args[:2], keywords, True)
        else:
            self._curves(args, keywords)

    def drawing(self):
        if self._image is not None:
            return {"kind": "image", "title": self._labels["title"], "rows": self._image}
        if self._bars is not None:
            edges, heights = self._bars
            return {"kind": "bars", "title": self._labels["title"], "edges": edges, "heights": heights}
        return {"kind": "lines", **self._labels, "series": self._series} if self._series else None

    def _curves(self, args, keywords):
        """`plot(y)`, `plot(x, y, 'r-', x2, y2, …)`: what follows a pair may be its style."""
        pending, rest = [], list(args[: 4 * SERIES])
        while rest:
            part = rest.pop(0)
            if type(part) is str:
                self._add(pending, keywords, bool(set(part) & set(".ox+*sdD^v")) and "-" not in part)
                pending = []
                continue
            pending.append(part)
            if len(pending) == 2 and (not rest or type(rest[0]) is not str):
                self._add(pending, keywords, False)
                pending = []
        if pending:
            self._add(pending, keywords, False)

    def _add(self, given, keywords, dots):
        if not given:
            return
        ys, xs = given[-1], given[0] if len(given) > 1 else None
        for column in _columns_of(ys):
            every, values, at = _points(xs, column)
            if values and len(self._series) < SERIES:
                name = _words(keywords.get("label", ""))
                one = {"name": name, "every": every, "values": values}
                self._series.append({**one, **({"at": at} if at is not None else {}), **({"dots": True} if dots else {})})

    def _named(self, names):
        for one, name in zip(self._series, list(names)[:SERIES] if type(names) in (list, tuple) else []):
            one["name"] = one["name"] or _words(name)


def _columns_of(ys):
    """Of a matrix every column is a curve."""
    if numpy is not None and isinstance(ys, numpy.ndarray):
        plain = numpy.ndarray.view(ys, numpy.ndarray)
        if plain.ndim == 2:
            return [plain[:, j] for j in range(min(plain.shape[1], SERIES))]
    return [ys]


def _points(xs, ys):
    """Every how many values are kept, those values, and where they stand if that is not in whole steps."""
    length = _length(ys)
    if xs is not None:
        length = min(length, _length(xs))
    every = max(1, -(-length // POINTS))
    heights = _each(ys, every, length)
    if all(y is None for y in heights):
        return 1, [], None
    if xs is None:
        return every, [0.0 if y is None else y for y in heights], None
    pairs = [(x, y) for x, y in zip(_each(xs, every, length), heights) if x is not None and y is not None]
    return 1, [y for _, y in pairs], [x for x, _ in pairs]


def _length(values):
    if numpy is not None and isinstance(values, numpy.ndarray):
        plain = numpy.ndarray.view(values, numpy.ndarray)
        return plain.shape[0] if plain.ndim > 0 else 1
    if isinstance(values, (list, tuple)):
        return (list if isinstance(values, list) else tuple).__len__(values)
    return len(values) if type(values) is range else 1


def _each(values, every, length):
    """Every so many of the first `length` numbers; None for what is no finite number. Nothing is iterated over that might not end."""
    if numpy is not None and isinstance(values, numpy.ndarray):
        plain = numpy.ndarray.view(values, numpy.ndarray)
        found = (plain if plain.ndim > 0 else plain.reshape(1))[:length:every].tolist()
    elif isinstance(values, list):
        found = list.__getitem__(values, slice(0, length, every))
    elif isinstance(values, tuple):
        found = tuple.__getitem__(values, slice(0, length, every))
    else:
        found = list(values[:length:every]) if type(values) is range else [values]
    return [_number(value) for value in found]


def _number(value):
    if type(value) is list and len(value) == 1:
        value = value[0]
    if numpy is not None and isinstance(value, numpy.generic) and type(value).__module__ == "numpy":
        value = value.item()
    if type(value) not in (int, float, bool):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and abs(number) < 1e100 else None


def _rows(values):
    """An image as few enough grey values; of colours their mean."""
    plain = numpy.ndarray.view(values, numpy.ndarray) if isinstance(values, numpy.ndarray) else numpy.array(_nested(values), dtype=float)
    if plain.ndim not in (2, 3):
        return None
    steps = [max(1, -(-side // SIDE)) for side in plain.shape[:2]]
    small = plain[:: steps[0], :: steps[1]]
    small = numpy.array(small[..., :4], dtype=float).mean(axis=2) if small.ndim == 3 else numpy.array(small, dtype=float)
    small = numpy.where(numpy.isfinite(small) & (abs(small) < 1e100), small, 0.0)
    return small.tolist() if small.size > 0 else None


def _nested(values):
    rows = list(values[:SIDE]) if type(values) in (list, tuple) else []
    return [list(row[:SIDE]) if type(row) in (list, tuple) else numpy.ndarray.view(row, numpy.ndarray)[:SIDE] for row in rows]


def _histogram(values, bins):
    every = max(1, -(-_length(values) // 20_000))
    flat = [v for v in _each(values.reshape(-1) if _is_small(values) else values, every, _length(values)) if v is not None]
    if not flat:
        return None
    if type(bins) in (list, tuple) or (numpy is not None and isinstance(bins, numpy.ndarray)):
        bins = [edge for edge in _each(bins, 1, BINS) if edge is not None]
    else:
        bins = min(BINS, max(1, int(bins))) if type(bins) is int else 10
    heights, edges = numpy.histogram(flat, bins)
    return edges.tolist(), heights.astype(float).tolist()


def _is_small(values):
    return numpy is not None and type(values) is numpy.ndarray and values.ndim > 1 and values.flags.contiguous


def _columns(args):
    """Bars around whole places; what they are called does not fit a small picture."""
    heights = [v or 0.0 for v in _each(args[-1] if len(args) < 2 else args[1], 1, BINS)]
    return [i - 0.5 for i in range(len(heights) + 1)], heights


def _words(text):
    return cut(text, LETTERS) if type(text) is str else cut(str(text), LETTERS) if type(text) in (int, float) else ""


# Imported before any of the program's code, and known to the stand-ins of the libraries.
recorder = Recorder()
