"""
Objects that keep between two calls what a sheet hands over and gets back: an activation that takes back what its own call kept, a
layer that leaves the gradients of its weights in attributes, one whose way back goes through its activation at once.
"""

import contextlib

from binding import POSITIONAL, bind, parameters_of, spread_out
from look import MISSING, class_name
from reach import GRADIENTS, read


def ask_before(function, entry, args, contract):
    """Calls an object forwards where its way back takes nothing but what comes from behind, so that it has what it remembers."""
    before, owner = entry.get("after"), getattr(function, "__self__", None)
    if before is None or owner is None or not _takes_one(function):
        return
    handed = next((arg for spec, arg in spread_out(entry, args) if spec.get("name") == before["with"]), None)
    forward = read(owner, before["call"], contract)
    if handed is not None and callable(forward):
        forward(handed)


def in_its_place(owner, entry, contract):
    """
    The method of an object that does two things at once, as one that does the second alone: the object's part for the first is
    exchanged for one that changes nothing. None where it has no such method or part.
    """
    instead = entry.get("instead")
    if instead is None:
        return None
    method, called = read(owner, instead["call"], contract), _name_of_part(owner, instead["without"], contract)
    if not callable(method) or called is None:
        return None

    def alone(*args):
        with _exchanged(owner, called):
            forward = read(owner, "forward", contract)
            if callable(forward) and _takes_one(method):
                forward(args[1])
            return _called(method, args, contract.entry(instead["call"], instead["of"]))

    alone.__self__ = owner
    return alone


def _called(method, args, entry):
    positional, keywords, _ = bind(method, entry, args)
    return method(*positional, **keywords)


def _name_of_part(owner, key, contract):
    """The attribute that holds a part that works, such as an activation, beside which one of that name may hold its numbers."""
    held = vars(owner) if hasattr(owner, "__dict__") else {}
    names = (called for called in contract.called_in(class_name(owner), key) if called in held)
    return next((called for called in names if callable(held[called]) or read(held[called], "call", contract) is not MISSING), None)


@contextlib.contextmanager
def _exchanged(owner, called):
    part = getattr(owner, called)
    setattr(owner, called, _Unchanged())
    try:
        yield
    finally:
        setattr(owner, called, part)


class _Unchanged:
    """An activation that gives what it gets, forwards and back."""

    def __call__(self, x, *rest):
        return x

    call = forward = __call__

    def backward(self, *handed):
        return handed[-1]

    backwards = backward


def with_kept(returned, owner, entry, contract):
    """
    One array that is returned, with the other parts that the object has left in attributes; or beside a dictionary of them; anything
    else as it is.
    """
    keeps = entry.get("keeps")
    if keeps is None or owner is None:
        return returned
    inner = []
    if type(returned) in (tuple, list) and len(returned) == 2:
        inner = [part for part in returned if isinstance(part, dict)]
        returned = next((part for part in returned if not isinstance(part, dict)), returned) if len(inner) == 1 else returned
    if isinstance(returned, (tuple, list, dict)):
        return returned
    parts = {part: returned if part in entry.get("shapedAs", {}) else _kept(owner, inner, part, keeps.get(part), contract) for part in entry["returns"]}
    return returned if any(part is None for part in parts.values()) else tuple(parts.values())


def _kept(owner, inner, part, weight, contract):
    held = vars(owner) if hasattr(owner, "__dict__") else {}
    names = [*contract.called(part), *(contract.called(weight) if weight else ())]
    if not inner:
        for called in contract.called(part):
            if called in held:
                return held[called]
        inner = [item for attribute, item in held.items() if isinstance(item, dict) and GRADIENTS.search(attribute)]
    return next((item[name] for item in inner for name in names if name in item), None)


def _takes_one(function):
    try:
        parameters = parameters_of(function)
    except (ValueError, TypeError):
        return False
    return len(parameters) == 1 and parameters[0].kind in POSITIONAL
