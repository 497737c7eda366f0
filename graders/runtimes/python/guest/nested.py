"""Recognises arrays of numbers in the forms that programs use, asking nothing of what is not a list, a number or an array."""

from plain_forms import plain

try:
    import numpy
except ImportError:
    numpy = None

ELEMENT_CAP = 2**24
RANK_CAP = 16
DIMENSION_CAP = 2**31
NUMBERS = (int, float, bool)


def array_of(x):
    """The plain array behind an array of numpy or a subclass of it; a text where it cannot be carried."""
    plain = numpy.ndarray.view(x, numpy.ndarray)
    # Loaded by whoever makes one: it takes longer than most answers, and a program's world (`np.bool = bool`) may not bear it.
    masked = vars(numpy).get("ma")
    if masked is not None and isinstance(x, masked.MaskedArray):
        hidden = masked.getmaskarray(x)
        if hidden.any():
            return f"a masked array in which {int(hidden.sum())} entries are masked"
    if plain.dtype.kind == "c":
        return "an array of complex numbers"
    if plain.dtype.kind not in "bfiuUSO":
        return f"an array of {plain.dtype}"
    return plain


def regular(items, depth=1):
    """Lists of equal lengths with numbers (or arrays) at the bottom as one array; None for anything else."""
    if numpy is None or depth > RANK_CAP:
        return None
    if not items:
        return numpy.zeros((0,))
    first = type(plain(items[0]))
    if first in NUMBERS or issubclass(first, numpy.generic):
        return _numbers(items)
    rows = []
    for item in items:
        row = _row(item, depth)
        if row is None or (rows and row.shape != rows[0].shape):
            return None
        rows.append(row)
    if sum(row.size for row in rows) > ELEMENT_CAP:
        return None
    return numpy.stack(rows)


def _row(item, depth):
    item = plain(item)
    if isinstance(item, list) or type(item) is tuple:
        return regular([*type(item).__iter__(item)] if type(item) in (list, tuple) else [*list.__iter__(item)], depth + 1)
    if isinstance(item, numpy.ndarray):
        found = array_of(item)
        return found if type(found) is not str and found.dtype.kind in "bfiu" else None
    return None


def _numbers(items):
    if all(type(item) in (bool, numpy.bool_) for item in items):
        return numpy.array(items, dtype=bool)
    if not all(_is_number(item) for item in items):
        items = [plain(item) for item in items]
        if not all(_is_number(item) for item in items):
            return None
    try:
        return numpy.array([float(item) for item in items])
    except OverflowError:
        return None


def _is_number(item):
    if type(item) in (int, float):
        return True
    return isinstance(item, numpy.generic) and type(item).__module__ == "numpy" and item.dtype.kind in "fiu"
