"""What an object of a program is, as far as can be told without trusting it."""

import types

from trouble import cut, name_of

KEY_CAP = 100
MISSING = object()


def class_name(x):
    """The name of the class, or of a class or function itself its kind."""
    return name_of(type(x))


def is_iterator(x):
    """Things whose contents mean nothing outside: generators and iterators."""
    return isinstance(x, types.GeneratorType) or hasattr(type(x), "__next__")


def classes_of(x):
    return [c for c in type.__dict__["__mro__"].__get__(type(x)) if c is not object][:8]


def slots_of(x):
    found = []
    for owner in classes_of(x):
        slots = owner.__dict__.get("__slots__", ())
        found.extend([slots] if type(slots) is str else [slot for slot in slots if type(slot) is str])
    return found


def fields_of(x):
    """The attributes that an object itself holds, in the order in which they were set; private ones stay inside."""
    held = x.__dict__ if hasattr(x, "__dict__") else {}
    pairs = list(dict.items(held)) if isinstance(held, dict) else []
    pairs += [(slot, getattr(x, slot)) for slot in slots_of(x) if hasattr(x, slot)]
    return [(key, item) for key, item in pairs if type(key) is str and not key.startswith("__")]


def computed_names(x):
    """Names that its classes compute on demand."""
    names = {}
    for owner in classes_of(x):
        for key, item in owner.__dict__.items():
            if isinstance(item, property) and len(names) < KEY_CAP:
                names[key] = True
    return list(names)


def keys_of(x, contract):
    """Attributes and methods that an object offers, by their own names and by the sheet's."""
    try:
        names = [key for key, _ in fields_of(x)]
        for owner in classes_of(x):
            names += [key for key in owner.__dict__ if not key.startswith("__") or key == "__call__"]
    except BaseException:
        return []
    own = list(dict.fromkeys(cut(name, 100) for name in names))[:KEY_CAP]
    return list(dict.fromkeys([*own, *(contract.sheet_name(name) for name in own)]))
