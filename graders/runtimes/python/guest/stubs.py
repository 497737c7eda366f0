"""
Stands in for packages that are not there while it is graded. Plots are recorded (plots.py) and drawn in the report; what a task
may not use, or what is absent, is told by name to whoever calls it.
"""

import importlib
import importlib.machinery
import sys
import types

from frames import DataFrame
from plots import recorder

try:
    import numpy
except ImportError:
    numpy = None

# What only draws, shows or keeps a log: a program that calls it goes on.
SILENT = {"matplotlib", "seaborn", "IPython", "tqdm", "plotly", "PIL", "ipywidgets", "tensorboard", "tensorboardX", "wandb", "torchsummary", "torchinfo"}


# Of these stand-ins hold the parts that sheets use; all else of them is absent.
IN_PARTS = {"torchvision"}

# Where the standard library and packages lie inside.
LIBRARIES = ("/python/", "/packages/")


class Absent(ImportError):
    """A part of a package that is not there was used."""


# Calls that set something and compute nothing (seeds, `pd.set_option`): a program that makes them goes on.
SETS = ("manual_seed", "set_")

# Modules that there are, among which are those that the grader gives in the place of parts of absent packages.
_there = {}
# By the name of an absent package: which module of the submission was meant, as the end of a sentence.
_meant = {}


class Finder:
    """Asked last, for packages that nobody else finds; those of the standard library and of numpy fail as they always do."""

    def __init__(self, own):
        self._own = own
        _there.update(own)

    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or (top in sys.modules and not isinstance(sys.modules[top], Stub) and top not in IN_PARTS):
            return None
        if _asked_by_library():
            return None
        other = next((own for own in self._own if own != name and own.lower() == name.lower()), None)
        if other is not None:
            file = self._own[other]
            called = f"The file is called {file}, and capitals count" if file.endswith(".py") else "Capitals count"
            _meant[name] = f"; did you mean {other}? {called}"
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Stub(spec.name)

    def exec_module(self, module):
        return None


def _asked_by_library():
    """A package that is there may do without one that is not, and finds out by asking for it."""
    frame = sys._getframe(1)
    while frame is not None and (frame.f_code.co_filename.startswith("<frozen") or frame.f_code.co_filename == __file__):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(LIBRARIES)


class Stub(types.ModuleType):
    """A package, or a part of one, that is absent: its names can be had, and say so when they are used."""

    def __getattr__(self, name):
        if name == "__version__":
            return "0"
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(f"{self.__name__}.{name}", self.__name__.split(".")[0] in SILENT)


def stand_in(called, silent):
    """A name of an absent package: whatever is done with it gives another of its kind, or says that it is not there."""
    if called in _there:
        return importlib.import_module(called)
    if called.startswith("matplotlib."):
        return _Drawer(called)
    if called == "pandas.DataFrame":
        return DataFrame
    return _Silent(called) if silent else _Loud(called)


class _Silent:
    """Takes any call and gives itself; unpacks into two, as figure and axes do; passes through what a progress bar wraps."""

    def __init__(self, called):
        object.__setattr__(self, "_called", called)

    def __call__(self, *args, **keywords):
        return args[0] if self._called.startswith("tqdm.") and len(args) > 0 else self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Silent(f"{self._called}.{name}")

    def __setattr__(self, name, value):
        return None

    def __getitem__(self, key):
        return self

    def __setitem__(self, key, value):
        return None

    def __iter__(self):
        return iter((self, self))

    def __instancecheck__(self, x):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        return False


class _Drawer(_Silent):
    """What belongs to matplotlib: a call is recorded, on the axes that it is called on, or else on the current ones."""

    def __init__(self, called, plot=None):
        object.__setattr__(self, "_called", called)
        object.__setattr__(self, "_plot", plot)

    def __call__(self, *args, **keywords):
        name = self._called.rpartition(".")[2]
        if name == "subplots":
            recorder.called("figure", (), {})
            return _Drawer("figure"), _grid(args, keywords)
        if name == "legend" and self._called.startswith("figure"):
            return recorder.named(args, keywords)
        gave = recorder.called("subplot" if name in ("subplot", "add_subplot", "add_axes") else name, args, keywords, self._plot)
        if name in ("subplot", "add_subplot", "add_axes", "gca", "axes", "twinx"):
            return _Drawer("axes", recorder.current())
        if name == "hist":
            return _bins(gave or [])
        if type(gave) is range:
            return [_Line(self._plot or recorder.current(), i) for i in gave]
        # A figure is one for its axes and its legend, however it was come by.
        return _Drawer("figure" if name in ("figure", "gcf") else self._called, self._plot)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Drawer(f"{self._called}.{name}", self._plot)


class _Line(_Drawer):
    """A curve as `plot` gives it: it may be called by another name later."""

    def __init__(self, plot, i):
        super().__init__("line", plot)
        object.__setattr__(self, "_i", i)

    def set_label(self, name):
        if self._plot is not None:
            self._plot.name_one(self._i, name)


def _bins(found):
    """What `hist` gives: heights, edges, and the bars."""
    if numpy is None or not found:
        return [], [], _Silent("bars")
    heights = [numpy.array(one[1]) for one in found]
    return heights[0] if len(heights) == 1 else heights, numpy.array(found[0][0]), _Silent("bars")


def _grid(args, keywords):
    """Axes as `subplots` gives them: one, a row or column of them, or rows."""
    sides = [args[i] if len(args) > i else keywords.get(key, 1) for i, key in enumerate(("nrows", "ncols"))]
    rows, columns = (min(16, max(1, side)) if type(side) is int else 1 for side in sides)
    grid = [[_Drawer("axes", recorder.begin()) for _ in range(columns)] for _ in range(rows)]
    if keywords.get("squeeze") is not False and (rows == 1 or columns == 1):
        flat = [axes for row in grid for axes in row]
        return flat[0] if len(flat) == 1 else _Axes(flat)
    return _Axes([_Axes(row) for row in grid])


class _Axes(list):
    """Axes in the order of rows, indexed and iterated as an array of them is."""

    def __getitem__(self, key):
        if type(key) is tuple and len(key) == 2:
            rows = list.__getitem__(self, key[0])
            return _Axes([row[key[1]] for row in rows]) if type(key[0]) is slice else rows[key[1]]
        return list.__getitem__(self, key)

    @property
    def flat(self):
        return _Axes([axes for row in self for axes in (row if type(row) is _Axes else [row])])

    def flatten(self):
        return self.flat

    ravel = reshape = flatten

    @property
    def shape(self):
        return (len(self), len(self[0])) if type(self[0]) is _Axes else (len(self),)

    @property
    def size(self):
        return len(self.flat)


class _Loud:
    def __init__(self, called):
        object.__setattr__(self, "_called", called)

    def __instancecheck__(self, x):
        """Nothing is of a kind that is not there, which libraries that know the package ask of whatever they are handed."""
        return False

    def __call__(self, *args, **keywords):
        if self._called.rpartition(".")[2].startswith(SETS):
            return None
        raise Absent(f"{self._called} is not there while this is graded{_meant.get(self._called.rpartition('.')[0], '')}")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(f"{self._called}.{name}", False)
