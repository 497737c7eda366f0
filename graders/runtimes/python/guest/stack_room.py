"""The guest's room on the stack: a program may lower the limit of recursion, and is answered for all the same."""

import sys

# Taken before any of the program's code runs.
_limit, _set = sys.getrecursionlimit, sys.setrecursionlimit
_own = _limit()


def restore():
    """Gives as much as there was before the program, and tells whether there was less; what it allows itself beyond that stays."""
    lowered = _limit() < _own
    if lowered:
        _set(_own)
    return lowered
