"""Coroutines, run to their end: by the loop of events of whoever has loaded one, without a loop otherwise."""

import sys
import types


def settled(x):
    """What a coroutine gives is its answer; everything else is taken as it is."""
    if type(x) is not types.CoroutineType:
        return x
    loops = sys.modules.get("asyncio")
    if loops is not None:
        return loops.run(x)
    try:
        while True:
            x.send(None)
    except StopIteration as stop:
        return stop.value
