"""
Arguments that a sheet keeps in global variables: set before a call, in every module of the program that reads them, and read
back after it, so that a network which is changed in place is the grader's own.
"""

import contextlib
import inspect
import types

from binding import names_of
from contract import snake
from look import MISSING

_unwrap = inspect.unwrap


@contextlib.contextmanager
def shared(function, modules, pairs, kept_as):
    """
    Sets the variables for one call, and reads them back into the records that they came from. `kept_as` gives what the program
    itself would hold under a name, None where it has nothing: numbers go over in that shape.
    """
    spaces = [_space_of(function), *(vars(module) for module in modules)]
    spaces = list({id(space): space for space in spaces if space is not None}.values())
    kept, made = [], []
    for spec, arg in pairs:
        if isinstance(arg, dict) and spec.get("options"):
            for key, item in list(arg.items()):
                names = _names(spec, key)
                item = _alike(kept_as(names), item)
                kept.append((arg, key, item, _put(spaces, names, item, made)))
        else:
            _put(spaces, names_of(spec), arg, made)
    try:
        yield
        for record, key, item, places in kept:
            _take_back(record, key, item, places)
    finally:
        # A name that the program does not have itself is not taken for one of its own by the next call.
        for space, name in made:
            space.pop(name, None)


def _alike(own, item):
    """The arrays of a list in the shapes of the program's own: n biases may be its row of 1 × n."""
    if not isinstance(item, list) or not isinstance(own, (list, tuple)) or not own:
        return item
    rows = all(getattr(part, "ndim", 0) == 2 and part.shape[0] == 1 for part in own)
    columns = all(getattr(part, "ndim", 0) == 2 and part.shape[1] == 1 for part in own)
    flat = all(getattr(part, "ndim", 0) == 1 for part in item)
    if not flat or not (rows or columns):
        return item
    return [part.reshape(1, -1) if rows else part.reshape(-1, 1) for part in item]


def _names(spec, key):
    of = [option for option in spec["options"] if key in (option["name"], snake(option["name"]), *option.get("also", []))]
    return names_of(of[0]) if of else [key]


def _put(spaces, names, item, made):
    """
    Under the names that the program has already, but for constants of its own that happen to be called so; where it has none,
    under all others in the function's own module.
    """
    ours = {(id(space), name) for space, name in made}
    held = [(space, name) for space in spaces for name in names if name in space and (id(space), name) not in ours]
    places = [(space, name) for space, name in held if _may_hold(space[name], item)]
    if not places:
        absent = [(spaces[0], name) for name in names if name not in spaces[0]]
        made += absent
        # What is there may be waiting for its value.
        places = held + absent
    for space, name in places:
        space[name] = item
    return places


def _may_hold(own, item):
    """Whether a variable with this value may be the one in which the sheet keeps numbers like `item`."""
    if isinstance(own, (str, types.FunctionType, types.ModuleType, type)):
        return False
    if _is_several(item):
        of_words = isinstance(own, (list, tuple)) and len(own) > 0 and isinstance(own[0], str)
        return not of_words and not isinstance(own, (int, float)) and getattr(own, "shape", None) != ()
    return not _is_several(own)


def _is_several(x):
    return isinstance(x, (list, tuple)) or getattr(x, "ndim", 0) > 0


def _take_back(record, key, before, places):
    """A variable that was bound anew holds the new value; otherwise what was put there may have been changed in place."""
    now = [space.get(name, MISSING) for space, name in places]
    record[key] = next((item for item in now if item is not before and item is not MISSING), before)


def _space_of(function):
    inner = _unwrap(function)
    inner = getattr(inner, "__func__", inner)
    space = getattr(inner, "__globals__", None)
    return space if isinstance(space, dict) and isinstance(inner, types.FunctionType) else None
