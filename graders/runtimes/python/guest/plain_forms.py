"""
Numbers and rows of the standard library that are no plain ones: fractions and decimals, numbers of a class of their own, arrays, queues,
views. Each as the number or the list that it stands for, by what its kind says and not by what a class of the program's says instead.
"""

import sys

VIEWS = tuple(type(view) for view in ({}.keys(), {}.values(), {}.items()))
# More bytes than a reply may hold become no list.
VIEW_CAP = 64 * 2**20
_module_of = type.__dict__["__module__"].__get__


def plain(x):
    """The plain form of it; itself where it has none."""
    kind = type(x)
    if kind in (int, float, bool, list, tuple, dict, str) or x is None:
        return x
    try:
        return _plain(x, kind)
    except (ValueError, TypeError, OverflowError):
        return x


def _plain(x, kind):
    if _module_of(kind) == "numpy":
        return x
    if issubclass(kind, float):
        return float.__float__(x)
    if issubclass(kind, int):
        return int.__int__(x)
    if _is_of(kind, "fractions", "Fraction") or _is_of(kind, "decimal", "Decimal"):
        return float(x)
    if _is_of(kind, "array", "array"):
        return x if x.typecode == "u" else x.tolist()
    if kind is memoryview:
        return x if x.nbytes > VIEW_CAP else x.tolist()
    return [*x] if _is_of(kind, "collections", "deque") or kind in VIEWS else x


def _is_of(kind, module, name):
    """Whether it is this class of a module, which is loaded by whoever has something of it."""
    loaded = sys.modules.get(module)
    return loaded is not None and kind is getattr(loaded, name, None)
