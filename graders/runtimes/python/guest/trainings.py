"""
What came of a call that trains, as the sheet asks for it: the history, the best epoch, the epoch at which it ended, and the two
errors that the script reports of its best weights.
"""

import contextlib

from inward import Record
from libraries import library


def training_of(gave, recorded, heard, performs, names):
    """Of a history that the call gave, of callbacks that it was handed, of what was printed and evaluated afterwards."""
    history = getattr(gave, "history", gave)
    if not isinstance(history, dict) or not history:
        return gave
    length = max(len(series) for series in history.values())
    training = Record(history=history, stopped_epoch=length - 1, best=_reported(recorded, heard, performs, names))
    best = _best_epoch(recorded, history, performs)
    if best is not None:
        training["best_epoch"] = best
    return training


def loop_training_of(names, history, recorded, heard, performs, counter):
    """The same of a loop of the script's own, with these series; `counter` is the variable that counts its rounds."""
    length = max((len(series) for series in history.values()), default=0)
    training = Record(history=history, stopped_epoch=length - 1, best=_reported(recorded, heard, performs, names))
    # Rounds may be counted from one.
    first = names[counter] - (length - 1) if type(names.get(counter)) is int else 0
    told = [names[name] - first for name in ("best_epoch", "best_ep", "epoch_best", "best_idx") if type(names.get(name)) is int]
    series = next((history[name] for name in performs.get("monitors", ()) if name in history), None)
    if told or series is not None:
        training["best_epoch"] = told[0] if told else min(range(len(series)), key=lambda epoch: series[epoch])
    return training


def take_loaded(model, recorded):
    """Where a script goes on with a model that it loaded again, the one that was trained gets the weights of that."""
    _, loaded = recorded.last("load_model")
    if loaded is not None and loaded is not model and library is not None and library.is_model(loaded):
        with contextlib.suppress(ValueError):
            model.set_weights(loaded.get_weights())


def _best_epoch(recorded, history, performs):
    """As the callback that stops it tells; where none does, the one that the monitored series shows."""
    keywords, _ = recorded.last("fit")
    for callback in _listed((keywords or {}).get("callbacks")):
        found = getattr(callback, "best_epoch", None)
        if type(found) is int and len(getattr(callback, "monitor", "")) > 0:
            return found
    series = next((history[name] for name in performs.get("monitors", ()) if name in history), None)
    return None if series is None else min(range(len(series)), key=lambda epoch: series[epoch])


def _reported(recorded, heard, performs, names):
    """What is printed under these names, with all digits where that is what was evaluated; what is evaluated; nothing where neither is."""
    printed = heard.numbers(performs["reports"])
    _, evaluated = recorded.last("evaluate")
    if isinstance(evaluated, (list, tuple)):
        evaluated = dict(zip(performs["reports"]["numbers"], evaluated))
    elif isinstance(evaluated, dict) and len(evaluated) == len(performs["reports"]["numbers"]):
        # Under the names of the library's own, in the order of its list.
        evaluated = dict(zip(performs["reports"]["numbers"], [evaluated.get("loss"), *(number for name, number in evaluated.items() if name != "loss")]))
    if not isinstance(evaluated, dict):
        return printed
    return evaluated if printed is None or _is_rounded(printed, evaluated) else printed


def _is_rounded(printed, evaluated):
    half = 0.5000001 * 10 ** -printed.marks["printed"]
    try:
        return all(abs(number - float(evaluated[name])) <= half for name, number in printed.items())
    except (KeyError, TypeError, ValueError):
        return False


def _listed(callbacks):
    return list(callbacks) if isinstance(callbacks, (list, tuple)) else [] if callbacks is None else [callbacks]
