"""
Records what a program plots, as numbers that a report can draw and checks can judge: curves, points, bars and small images with
their labels. Whatever is handed over is looked at with care and a bound; nothing of it ever stops the program.
"""

import contextlib
import sys

from hurry import TooLong
from plotted_axes import ON_AXES, Plot

# Of all plots together: what is kept, and what a report shows.
PLOTS, SHOWN = 96, 24
FRESH = {"figure", "show", "close", "clf", "cla"}


class Recorder:
    """All plots of a process, in the order in which they were begun."""

    def __init__(self):
        self._is_silent = False
        # Which statement is at work, where somebody runs one after the other.
        self.paths, self.at = (), None
        self.begin_anew()

    def begin_anew(self):
        """Forgets what was drawn so far."""
        self.plots, self._current, self._where, self._figure = [], None, None, 0

    def begin_figure(self):
        """What is drawn next has axes of its own, as under every cell."""
        self._current, self._figure = None, self._figure + 1

    def found(self):
        """Those that have something to draw: where each was made, and what it shows."""
        drawn = [(plot.where, plot.drawing()) for plot in self.plots]
        return [{"path": where, "drawing": drawing} for where, drawing in drawn if drawing is not None][:SHOWN]

    def begin(self):
        """New axes, which are the current ones from now on; None where there are enough already."""
        self._current = None
        if len(self.plots) < PLOTS:
            self._current = Plot(self._where or "", self.at, self._figure)
            self.plots.append(self._current)
        return self._current

    def current(self):
        """The axes that are drawn on, new ones where there are none."""
        return self._current if self._current is not None else self.begin()

    @contextlib.contextmanager
    def silent(self):
        """Meanwhile nothing is recorded: what is drawn then shows no numbers of the program's own."""
        self._is_silent = True
        try:
            yield
        finally:
            self._is_silent = False

    def called(self, name, args, keywords, plot=None):
        """A function of a drawing library, or of its axes, was called; what it would have given back, as far as that is known."""
        if self._is_silent:
            return None
        try:
            return self._called(name, args, keywords, plot)
        except TooLong:
            raise
        except BaseException:
            # What cannot be drawn is not; the program goes on.
            return None

    def _called(self, name, args, keywords, plot):
        where = self._place()
        if where != self._where:
            self._where = where
            self.begin_figure()
        if name in FRESH:
            self.begin_figure()
        elif name == "subplot":
            self.begin()
        elif name == "sca":
            self._current = getattr(args[0], "_plot", None)
        elif name == "twinx":
            below = (plot if plot is not None else self.current()).labels
            self.begin().labels["xLabel"] = below["xLabel"]
        elif name in ("supxlabel", "supylabel", "suptitle"):
            for one in self._of_figure():
                key = {"supxlabel": "xLabel", "supylabel": "yLabel", "suptitle": "title"}[name]
                if not one.labels[key]:
                    one.take({"xLabel": "xlabel", "yLabel": "ylabel", "title": "title"}[key], args, keywords)
        elif name in ON_AXES:
            target = plot if plot is not None else self.current()
            return None if target is None else target.take(name, args, keywords, self.at)
        return None

    def named(self, args, keywords):
        """A legend of a figure: its names go to the curves of all its axes in their order."""
        names, begin = keywords.get("labels", args[-1] if args else ()), 0
        for one in self._of_figure():
            begin = one.name_all(names, begin)

    def _of_figure(self):
        return [one for one in self.plots if one.figure == self._figure]

    def _place(self):
        """The outermost cell or file of the program that is at work: what a function draws belongs to who called it."""
        frame, found = sys._getframe(), None
        while frame is not None:
            if frame.f_code.co_filename in self.paths:
                found = frame.f_code.co_filename
            frame = frame.f_back
        return found


# Imported before any of the program's code, and known to the stand-ins of the libraries.
recorder = Recorder()
