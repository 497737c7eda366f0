"""
Arguments that a sheet keeps in global variables: set before a call, in every module of the program that reads them, and read
back after it, so that a network which is changed in place is the grader's own.
"""

import inspect
import types

from binding import names_of
from contract import snake
from look import MISSING

_unwrap = inspect.unwrap


def share(function, modules, shared):
    """Sets the variables; what is returned reads them back into the records that they came from."""
    spaces = [_space_of(function), *(vars(module) for module in modules)]
    spaces = list({id(space): space for space in spaces if space is not None}.values())
    kept = []
    for spec, arg in shared:
        if isinstance(arg, dict) and spec.get("options"):
            kept += [(arg, key, _put(spaces, _names(spec, key), item)) for key, item in list(arg.items())]
        else:
            _put(spaces, names_of(spec), arg)
    return lambda: [_take_back(record, key, item, places) for record, key, (item, places) in kept]


def _names(spec, key):
    of = [option for option in spec["options"] if key in (option["name"], snake(option["name"]), *option.get("also", []))]
    return names_of(of[0]) if of else [key]


def _put(spaces, names, item):
    """Under the names that the program has already; under all of them in the function's own module where it has none."""
    places = [(space, name) for space in spaces for name in names if name in space] or [(spaces[0], name) for name in names]
    for space, name in places:
        space[name] = item
    return item, places


def _take_back(record, key, before, places):
    """A variable that was bound anew holds the new value; otherwise what was put there may have been changed in place."""
    now = [space.get(name, MISSING) for space, name in places]
    record[key] = next((item for item in now if item is not before and item is not MISSING), before)


def _space_of(function):
    inner = _unwrap(function)
    inner = getattr(inner, "__func__", inner)
    space = getattr(inner, "__globals__", None)
    return space if isinstance(space, dict) and isinstance(inner, types.FunctionType) else None
