"""
What a loop of a script's own kept of its epochs: lists of numbers, one for each round, in variables, dictionaries or rows, whose
names say what they are.
"""

import re

from unfolding import own_name

ABSOLUTE = re.compile(r"mae|abs", re.I)
OTHER = re.compile(r"time|rate|lr|epoch|r2|acc|best|wait|rmse|grad|norm", re.I)
SERIES = ("loss", "val_loss", "mae", "val_mae")


def series_of(names, validates):
    """The four series of a history, as far as they are there; of several that may be one, the one whose name says least."""
    found = {}
    for name, item in names.items():
        for called, numbers in lists_in(own_name(name), item):
            if not OTHER.search(called):
                # A name that says both is one of the two parts of a dictionary of the other.
                part = ("val_" if validates(called) else "") + ("mae" if ABSOLUTE.search(called) else "loss")
                found.setdefault(part, []).append((called, numbers))
    rounds = max((len(numbers) for all in found.values() for _, numbers in all), default=0)
    kept = {}
    for part in SERIES:
        whole = [(called, numbers) for called, numbers in found.get(part, []) if len(numbers) == rounds]
        if whole and rounds > 0:
            kept[part] = min(whole, key=lambda pair: len(pair[0]))[1]
    return kept


def lists_in(name, item):
    """Every list of numbers that a variable holds, with what it is called there."""
    if isinstance(item, dict):
        for key, inner in item.items():
            if isinstance(key, str):
                yield from lists_in(f"{name} {key}" if key in ("loss", "mse", "mae") else key, inner)
        return
    if hasattr(item, "tolist") and getattr(item, "ndim", 0) == 1:
        item = item.tolist()
    if not isinstance(item, list) or not item:
        return
    if all(isinstance(row, dict) and row.keys() == item[0].keys() for row in item):
        yield from lists_in(name, {key: [row[key] for row in item] for key in item[0]})
        return
    try:
        yield name, [float(one) for one in item]
    except (TypeError, ValueError):
        return
