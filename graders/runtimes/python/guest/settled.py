"""Coroutines, run to their end without a loop of events."""

import types


def settled(x):
    """What a coroutine gives is its answer; everything else is taken as it is."""
    if type(x) is not types.CoroutineType:
        return x
    try:
        while True:
            x.send(None)
    except StopIteration as stop:
        return stop.value
