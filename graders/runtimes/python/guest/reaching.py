"""
What of a script some names need as they are at one place of it: of each name the statement that bound it last before that
place, and whatever changed it since. A script is run from its top, so what stands further down is no part of it, but for what
functions read when they are called.
"""

import ast

from slicing import DEFINITIONS

PLAIN = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom)


def needed(statements, names, end, given=frozenset()):
    """Places of the statements that these names need just before place `end`; those that are given need none."""
    found, waiting, seen = set(), [(name, end) for name in names], set()
    while waiting:
        name, before = waiting.pop()
        if name in given or (name, before) in seen:
            continue
        seen.add((name, before))
        for at in _places_of(statements, name, before):
            found.add(at)
            # What a function reads is what it finds when it is called, by whoever needs it here.
            known_at = before if isinstance(statements[at].node, DEFINITIONS) else at
            waiting += [(used, known_at) for used in statements[at].uses]
    return found


def _places_of(statements, name, before):
    places = []
    for at in range(before - 1, -1, -1):
        statement = statements[at]
        if statement.binds_all and not places:
            places.append(at)
        if name not in statement.binds and name not in statement.changes:
            continue
        places.append(at)
        if name in statement.binds and isinstance(statement.node, (*PLAIN, *DEFINITIONS)):
            return places
    later = [at for at in range(before, len(statements)) if name in statements[at].binds and isinstance(statements[at].node, DEFINITIONS)]
    return places or later[:1]


def names_in(node):
    """The names that an expression reads."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}


def root_of(node):
    """The name at which a chain of attributes and indexes begins; None for anything else."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
