"""
What the sheet calls things, and what a Python program calls them: the language adapter of an assignment
(assignments/<slug>/contract.python.json). Names are the checks' own; which of its names a program uses is found here.
"""

import re


def snake(name):
    """`weightsBackward` as `weights_backward`, `dInput` as `d_input`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


class Contract:
    """Names in both directions, and what is said of each function."""

    def __init__(self, names=None):
        self.names = names or {}
        self._sheet = {}
        # A grading asks for the same few names a thousand times.
        self._called, self._called_in = {}, {}
        for name, entry in self.names.items():
            short = name.split(".")[-1]
            for called in [*entry.get("called", []), short, snake(short)]:
                self._sheet.setdefault(called, short)

    def called(self, name):
        """What a program may call this, best first."""
        known = self._called.get(name)
        if known is None:
            known = self._called[name] = list(dict.fromkeys([*self.names.get(name, {}).get("called", []), name, snake(name)]))
        return known

    def called_in(self, owner, name):
        """The same within a class that a program calls `owner`."""
        known = self._called_in.get((owner, name))
        if known is None:
            own = self.entry(name, self.sheet_name(owner)).get("called", [])
            known = self._called_in[owner, name] = list(dict.fromkeys([*own, *self.called(name)]))
        return known

    def sheet_name(self, called):
        """What the sheet calls a field or method of a program."""
        return self._sheet.get(called, called)

    def entry(self, name, owner=None):
        """What is said of a function; `owner` is the sheet's name of the class whose method it is."""
        own = self.names.get(f"{owner}.{name}") if owner else None
        return own if own is not None else self.names.get(name, {})


def held_names(contract):
    """Variables that may stand in the place of functions, by all their names."""
    lists = [names for entry in contract.names.values() for names in (entry.get("value", []), *entry.get("values", {}).values())]
    return frozenset(name for names in lists for name in names)
