"""What stands in variables where the sheet would have a function, and functions that take as little as variables do."""

import inspect

from binding import POSITIONAL, names_of, spread_out
from marked import Marked

_signature = inspect.signature


class Held:
    """Called with the sheet's arguments as they are sent: where each goes is nothing that a signature says."""


class Standing(Held):
    """
    What of a script stands for a function. It says where it was found, in the cells of which file, and with which settings it trains, in
    words for a reader of the report.
    """

    def __init__(self, path):
        self.path, self.found_in, self.settings, self.cells = path, "", [], []


class FixedFunction(Held):
    """A function that has fixed what the sheet would hand over, as variables have: it gets what it takes by name."""

    def __init__(self, function, entry):
        self._function, self._entry = function, entry

    def __call__(self, *args):
        names = _signature(self._function).parameters
        pairs = [(name, arg) for spec, arg in spread_out(self._entry, args) for name in names_of(spec) if name in names]
        returned = self._function(**dict(pairs))
        parts = self._entry["returns"]
        if type(returned) is tuple and len(returned) == len(parts):
            returned = zip(parts, returned)
        elif type(returned) is not dict:
            return returned
        return Marked(returned, held=True)


def takes_nothing(function, entry):
    """Whether there is no parameter for anything but what is optional."""
    optional = {name for spec in entry.get("takes", []) if spec.get("optional") for name in names_of(spec)}
    try:
        parameters = _signature(function).parameters.values()
    except (ValueError, TypeError):
        return False
    return all(parameter.kind in POSITIONAL and parameter.name in optional for parameter in parameters)


def has_other_parameters(found, entry):
    """Whether a class is made with more than the sheet hands over, or a function takes less, where variables may stand for it."""
    if not {"value", "values"} & set(entry):
        return False
    handed = [spec for spec in entry.get("takes", []) if not spec.get("optional") and not spec.get("global")]
    try:
        parameters = [p for p in _signature(found).parameters.values() if p.kind in POSITIONAL]
    except (ValueError, TypeError):
        return False
    if isinstance(found, type):
        return sum(p.default is p.empty for p in parameters) > len(entry.get("takes", []))
    return "network" in entry and 0 < len(parameters) < len(handed)
