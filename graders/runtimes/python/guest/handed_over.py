"""
What a script hands over where it calls the sheet's own functions, exchanged for what the grader hands over: a parameter of a name
that the contract knows gets the grader's argument, whatever the script wrote there, and a loader gives the grader's data.
"""

import inspect

from binding import names_of, plain


class Enough(BaseException):
    """All that was asked for has been given: a loop need not go on."""


class HandedOver:
    """The arguments of one question, by the names of parameters; `kept` is the call whose results are wanted."""

    def __init__(self, pairs, entry):
        runs = entry["runs"]
        self._kept, self._names = runs["call"], {runs["call"], *runs.get("through", ())}
        self._by_name = {plain(name): arg for spec, arg in pairs if "tables" not in spec for name in names_of(spec)}
        self._by_name.update({plain(name): value for name, value in entry.get("always", {}).items()})
        self._loaded = {spec["loadedBy"]: arg for spec, arg in pairs if "loadedBy" in spec}
        # What the calls gave, and of how many the grader wants to know.
        self.gave, self._turns, self._of = [], [], None

    @property
    def callees(self):
        """Names of all that is called by way of this."""
        return frozenset(self._names | set(self._loaded))

    def in_turn(self, names, turns):
        """The parameter of these names gets one of these numbers after the other."""
        self._of, self._turns = {plain(name) for name in names}, turns

    def called(self, name, function, /, *args, **keywords):
        """What the call gives, with the grader's arguments."""
        if name in self._loaded:
            return self._loaded[name]
        gave = self._exchanged(function, args, keywords, self._by_name)
        if name != self._kept:
            return gave()
        if self._of is not None:
            number = self._turns[len(self.gave)]
            gave = self._exchanged(function, args, keywords, {**self._by_name, **{of: number for of in self._of}})
        self.gave.append(gave())
        if len(self.gave) >= max(1, len(self._turns)):
            raise Enough
        return self.gave[-1]

    def _exchanged(self, function, args, keywords, by_name):
        try:
            bound = inspect.signature(function).bind_partial(*args, **keywords)
        except (TypeError, ValueError):
            return lambda: function(*args, **keywords)
        for name, parameter in bound.signature.parameters.items():
            if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) and plain(name) in by_name:
                bound.arguments[name] = by_name[plain(name)]
        return lambda: function(*bound.args, **bound.kwargs)
