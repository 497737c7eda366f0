"""
What a script makes of its data in cells, where the sheet has a function for one example: known by its form, whatever it is called.
Pairs of input and target are read where they are first made, an example's vector and row where they are last made before the
network is trained.
"""

import contextlib

from binding import spread_out
from constants import Adapted
from handed import handing
from held import Standing
from reaching import PLAIN, needed
from recorded import Recorded
from sklearn_stand_in import CLASSES, SIDE
from slicing import DEFINITIONS
from trouble import GuestTrouble
from unfolding import own_name

try:
    import numpy
except ImportError:  # a process that only reads source has none
    numpy = None

# The largest grey value.
FULL = 16
# What a statement calls that goes on to the network.
TRAINS = ("train", "fit", "backward", "backpropagate", "train_step", "training")


class Formed(Standing):
    """Stands for the function of this name of the sheet, in the cells of one file."""

    def __init__(self, cells, name, contract):
        super().__init__(cells.path)
        self._script, self._contract, self._name = cells, contract, name
        self._entry = contract.names[name]
        self._form, loads = self._entry["formed"]["as"], self._entry["formed"]["of"]
        statements = cells.statements
        at = next((at for at, one in enumerate(statements) if not isinstance(one.node, DEFINITIONS) and loads in one.calls), None)
        end = next((at for at, one in enumerate(statements) if not isinstance(one.node, DEFINITIONS) and one.calls & set(TRAINS)), len(statements))
        self._places = [] if at is None else _following(statements, at, end)

    def answers(self):
        """Whether the script loads its data by the call of the sheet."""
        return len(self._places) > 0

    def __call__(self, *args):
        given = {spec["name"]: arg for spec, arg in spread_out(self._entry, args)}
        images, targets, form = _FORMS[self._form](given)
        with handing({"images": images, "targets": targets}):
            found = self._find(lambda value: form(value, len(targets)))
        if found is None:
            called = self._contract.called(self._name)[0]
            raise GuestTrouble("missing", f"{self.path} does not define {called}, and what it makes of its data has nothing in its place")
        return found

    def _find(self, formed):
        run = self._script.begin({}, Adapted([]), Recorded())
        statements, done, found = self._script.statements, set(), None
        for at in self._places:
            for place in sorted({*needed(statements, statements[at].uses, at), at} - done):
                run.step(place)
                done.add(place)
            for name in sorted(statements[at].binds | statements[at].changes):
                value = formed(run.names.get(name))
                if value is not None:
                    found = value
                    self.found_in = f"the variable {own_name(name)}"
                    self.cells = sorted({statements[place].cell.number for place in done})
            if found is not None and self._form == "pairs":
                break
        return found


def _following(statements, first, end):
    """The places from the first one on of all that follows from it, before the end."""
    known, places = set(), []
    for at in range(first, end):
        one = statements[at]
        if isinstance(one.node, DEFINITIONS):
            continue
        # A sum onto a variable, or a loop, goes on with what it binds.
        goes_on_with = one.uses | one.changes if isinstance(one.node, PLAIN) else one.uses | one.changes | one.binds
        if at == first or known & goes_on_with:
            places.append(at)
            known |= one.binds | one.changes
        else:
            known -= one.binds
    return places


def _pairs(given):
    return given["inputs"], given["targets"], _as_pairs


def _vector(given):
    """The image first, and others beside it, so that the largest and smallest number of all are those of the data set."""
    image = numpy.asarray(given["image"], dtype=float)
    others = numpy.stack([numpy.full((SIDE, SIDE), FULL * (digit % 2)) for digit in range(CLASSES)])
    return [image, *others], [0, *range(CLASSES)], _as_vector


def _row(given):
    """The digit first, and then each of them, so that there are as many classes as in the data set."""
    targets = [int(given["target"]), *range(CLASSES)]
    return numpy.full((len(targets), SIDE, SIDE), FULL), targets, _as_row


_FORMS = {"pairs": _pairs, "vector": _vector, "row": _row}


def _as_pairs(value, count):
    items = _items(value, count)
    return None if items is None or any(_items(item, 2) is None for item in items) else items


def _as_vector(value, count):
    return next((part for part in _firsts(value, count) if _size(part) == SIDE * SIDE and _sides(part) <= 1), None)


def _as_row(value, count):
    rows = [part for part in _firsts(value, count) if _size(part) == CLASSES and _sides(part) <= 1]
    return rows[0] if rows and set(numpy.ravel(rows[0]).tolist()) <= {0, 1} else None


def _firsts(value, count):
    """The first of as many items as there are examples, and the parts of it where it is a pair."""
    items = _items(value, count)
    if items is None:
        return []
    return [*items[0]] if _items(items[0], 2) is not None else [items[0]]


def _items(value, count):
    if isinstance(value, numpy.ndarray):
        return value if value.ndim > 0 and len(value) == count else None
    return value if type(value) in (list, tuple) and len(value) == count else None


def _size(part):
    with contextlib.suppress(Exception):
        return numpy.size(part)
    return 0


def _sides(part):
    """How many sides longer than one it has."""
    return sum(side > 1 for side in numpy.shape(part)) if _size(part) > 0 else 0
