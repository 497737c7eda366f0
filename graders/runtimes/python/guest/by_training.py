"""
One step of a network through the program's own training: what a sheet asks of a method that takes a mini-batch, where a program
has the forward pass, the loss and the update in its loop, and its method takes what these left.
"""

import inspect

from binding import POSITIONAL, bind, names_of, plain, spread_out
from look import MISSING
from own_generators import undisturbed
from paired import paired

_signature = inspect.signature


def fits(function, entry, args):
    """Whether a method can be handed the sheet's arguments."""
    otherwise, spread = entry["otherwise"], spread_out(entry, args)
    try:
        parameters = [p for p in _signature(function).parameters.values()]
    except (ValueError, TypeError):
        return True
    if any(plain(p.name) in {plain(name) for name in otherwise["unlike"]} for p in parameters):
        return False
    several = any(p.kind not in POSITIONAL for p in parameters)
    required = sum(p.default is p.empty for p in parameters if p.kind in POSITIONAL)
    return several or required <= len(spread) <= len(parameters)


def stepped(holder, entry, contract, find, modules):
    """A function of a mini-batch, its targets and a rate that trains the network on these alone; None where nothing trains."""
    name = entry["otherwise"]["call"]
    train = find(name)
    if train is None:
        return None

    def step(x, target, lr):
        predicted = _forwards(holder, x, contract)
        pairs = list(zip(x, target))
        options = {"epochs": 1, "minibatchSize": len(pairs), "lr": lr}
        positional, keywords, _ = bind(train, contract.entry(name), [holder, pairs, options], find)
        own = find(entry["otherwise"].get("batches", ""))
        # A loop of the grader's that asks for its steps gets mini-batches in the order in which the program's own loop does.
        with undisturbed(modules), paired(getattr(train, "__globals__", {}), own, x, target):
            losses = train(*positional, **keywords)
        tape = next((held for called in contract.called("tape") for held in [getattr(holder, called, MISSING)] if held is not MISSING), None)
        return {"loss": _first(losses), "tape": _in_order(tape, predicted, contract)}

    return step


def _forwards(holder, x, contract):
    forward = next((found for called in contract.called("forward") for found in [getattr(holder, called, None)] if callable(found)), None)
    return None if forward is None else forward(x)


def _in_order(tape, predicted, contract):
    """A tape whose rows are in the order in which the loop drew the examples, in the order of these: the last ones say which is which."""
    if not isinstance(tape, list) or not tape or not all(isinstance(entry, dict) for entry in tape):
        return tape
    rows = [name for part in ("activation", "preActivation") for name in contract.called(part)]
    last = next((tape[-1][name] for name in rows if name in tape[-1]), None)
    if last is None or getattr(predicted, "shape", None) != getattr(last, "shape", ()):
        return tape
    order = [int(abs(last - row).sum(axis=1).argmin()) for row in predicted]
    return [{key: item[order] if key in rows and len(item) == len(order) else item for key, item in entry.items()} for entry in tape]


def _first(losses):
    while isinstance(losses, (list, tuple, dict)) and len(losses) > 0:
        losses = next(iter(losses.values())) if isinstance(losses, dict) else losses[0]
    return losses[0] if getattr(losses, "ndim", 0) > 0 else losses
