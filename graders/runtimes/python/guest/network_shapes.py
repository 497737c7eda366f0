"""Which values may be weights, biases, an input or activations of a network of known sizes, by their shapes alone."""

import types


def shape_of(value):
    """The lengths of an array or tensor; None for anything else."""
    try:
        return tuple(int(n) for n in value.shape)
    except (AttributeError, TypeError, ValueError):
        return None


def size_of(value):
    """How many numbers an array or tensor has; 0 for anything else."""
    shape = shape_of(value)
    size = 0 if shape is None else 1
    for n in shape or ():
        size *= n
    return size


def holds(name, value):
    """What a name holds, and what that holds in turn, each with its place: the name, or the object or dictionary, and what it is there; None where it has no place."""
    found = [((name, None) if name else None, value)]
    if isinstance(value, (list, tuple)):
        found += [(None, item) for item in value]
        # Layers that are objects, each with its own.
        found += [((item, key), own) for item in value if _has_parts(item) for key, own in list(item.__dict__.items())]
    elif isinstance(value, dict):
        found += [((value, key), item) for key, item in list(value.items())]
    elif _has_parts(value):
        found += [((name, key) if name else None, item) for key, item in list(getattr(value, "__dict__", {}).items())]
    return found


def _has_parts(value):
    named = (type, types.ModuleType, types.FunctionType)
    return shape_of(value) is None and not isinstance(value, dict) and hasattr(value, "__dict__") and not isinstance(value, named)


def is_input(value, n):
    """One example of n features: a row, a column or a vector."""
    shape = shape_of(value)
    return shape is not None and len(shape) in (1, 2) and sorted(shape, reverse=True) == [n, 1][: len(shape)]


def is_activations(value, sizes):
    """A list of a vector, row or column for each layer."""
    return isinstance(value, list) and len(value) == len(sizes) and all(is_input(item, n) for item, n in zip(value, sizes))


def _fits(value, sizes, k, rank):
    if rank == 1:
        return is_input(value, sizes[k + 1])
    return shape_of(value) in ((sizes[k], sizes[k + 1]), (sizes[k + 1], sizes[k]))


class Loose:
    """Weights (rank 2) or biases (rank 1) of all layers, in a list, or one after the other under names of their own."""

    def __init__(self, sizes, rank):
        self._sizes, self._rank, self._found, self._names = sizes, rank, [], []

    def whole(self, value):
        """The value, if it is a list with one of each layer."""
        layers = len(self._sizes) - 1
        it_is = isinstance(value, list) and len(value) == layers and all(_fits(item, self._sizes, k, self._rank) for k, item in enumerate(value))
        return value if it_is else None

    def with_one(self, place, value):
        """With this value, all of them and their places, if it is the last."""
        if place is None or any(value is one for one in self._found) or not _fits(value, self._sizes, len(self._found), self._rank):
            return None, None
        self._found.append(value)
        self._names.append(place)
        if len(self._found) < len(self._sizes) - 1:
            return None, None
        found, names = self._found, self._names
        self._found, self._names = [], []
        return found, names
