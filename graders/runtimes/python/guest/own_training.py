"""
A training of a script's own whose answer stands in variables: which of its names are the model and the data is seen from what they
hold, and the series that it kept from their names.
"""

import contextlib

from binding import plain
from libraries import library
from looped import loop_by
from loop_series import lists_in
from reaching import names_in, needed
from unfolding import own_name

# What the sheet's function calls the parts of the loop.
ROLES = {"model": "model", "train": "train", "test": "val"}


class OwnTraining:
    """The loop, or the call of a function, by which a script trains; `loop` is None where it has none, or a library's call is asked for."""

    def __init__(self, cells, contract):
        by = next((entry["trainsBy"] for entry in contract.names.values() if "trainsBy" in entry and "performs" not in entry), None)
        self._cells, self.loop = cells, None if by is None or library is None else loop_by(cells, by)

    def given(self, pairs):
        """The names of the script that are the grader's, by what they hold."""
        arguments = {ROLES[spec["name"]]: arg for spec, arg in pairs if spec.get("name") in ROLES and "loader" not in spec}
        roles = self._roles() if arguments else {}
        return {roles[role]: arg for role, arg in arguments.items() if role in roles}

    def named(self, role):
        """The variable that has this role; None where none has."""
        name = self._roles().get(role)
        return None if name is None else self._cells.variable(name)

    def places(self, given):
        """The places of all that the training needs, and its own."""
        return needed(self._cells.statements, names_in(self.loop.statement), self.loop.at, given) | {self.loop.at}

    def unchanged(self, places, pairs):
        """While this is entered a training among these places leaves the grader's model as it is."""
        model = next((arg for spec, arg in pairs if spec.get("name") == "model"), None)
        trains = self.loop is not None and self.loop.at in places and model is not None
        return library.without_steps(model) if trains else contextlib.nullcontext()

    def _roles(self):
        try:
            return {} if self.loop is None else self.loop.roles()
        except Exception:
            return {}


def series_named(names, wanted, rounds):
    """
    For every label the list of one number for each round that is called as the sheet calls it, or else like it; the key of a dictionary
    may say what the name of it does not.
    """
    lists = [(words, numbers) for name, item in names.items() for words, numbers in _called(own_name(name), item) if len(numbers) == rounds]
    found = {}
    for label, (exact, like) in wanted.items():
        named = [numbers for name in exact for words, numbers in lists if name in words]
        named += [] if like is None else [numbers for words, numbers in lists if any(like.search(plain(word)) for word in words)]
        if named:
            found[label] = named[0]
    return found


def _called(name, item):
    """Every list of numbers that a variable holds, or an object of the script's own, with the ways in which it is called there."""
    if isinstance(item, dict):
        return [([key, key + name], numbers) for key, inner in item.items() if isinstance(key, str) for _, numbers in lists_in(key, inner)]
    if type(item).__module__ == "__main__":
        return [found for key, own in vars(item).items() if not callable(own) for found in _called(key, own)] if hasattr(item, "__dict__") else []
    return [([called], numbers) for called, numbers in lists_in(name, item)]
