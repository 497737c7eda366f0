"""
Why statements of a notebook are not run: they print, plot or train, or nothing that is asked needs them. And which of them only
draw, with what these need, so that a report can show their plots without any training.
"""

import ast
import re

from slicing import PLOTS, PRINTS, TRAINS, Statement

DRAWERS = {"matplotlib", "seaborn", "plotly"}
DRAWS_BY_NAME = re.compile(r"plot|show|draw|display|visual|hist", re.I)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Drawing:
    """The statements of a notebook that only draw; all are read to the end, those that are left out elsewhere as well."""

    def __init__(self, statements, by_name=True):
        # Whether a function that draws is one only where it is called so.
        self._by_name = by_name
        self._whole = [_to_its_end(one) for one in statements]
        self._binding, self.places = {}, set()
        self.libraries = libraries = frozenset(name for one in self._whole if _imports(one.node, DRAWERS) for name in one.binds)
        for at, statement in enumerate(self._whole):
            # A plot changes its library, too, which is no reason to draw all that came before.
            for name in statement.binds | (statement.changes - libraries):
                self._binding.setdefault(name, []).append(at)
        # A table of pandas draws itself.
        self._has_tables = any(_imports(one.node, {"pandas"}) for one in self._whole)
        self._find(set(libraries))

    def _find(self, names):
        for at, statement in enumerate(self._whole):
            node = statement.node
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                continue
            if isinstance(node, DEFINITIONS):
                if statement.uses & names and (not self._by_name or DRAWS_BY_NAME.search(node.name)):
                    names |= statement.binds
            elif statement.uses & names or (self._has_tables and "plot" in statement.calls):
                self.places.add(at)
                if isinstance(node, ast.Assign) and _root(node.value) in names:
                    names |= statement.binds

    def steps(self, lengthy=frozenset()):
        """
        What has to be run, in its order, for every drawing that needs no training, and nothing of modules that take longer than a
        drawing may.
        """
        needed = set()
        for at in sorted(self.places):
            closure = self._closure(at)
            if not any(trains(self._whole[other]) or _imports(self._whole[other].node, lengthy) for other in closure):
                needed |= closure
        return [self._whole[at] for at in sorted(needed)]

    def _closure(self, at):
        needed, waiting = {at}, [at]
        while waiting:
            place = waiting.pop()
            statement = self._whole[place]
            for name in statement.uses | (statement.binds if place != at else set()):
                bound = self._binding.get(name, [])
                # What a function reads may be bound further down; what a statement reads was bound above it.
                for other in [earlier for earlier in bound if earlier < at] or bound:
                    if other not in needed:
                        needed.add(other)
                        waiting.append(other)
        return needed


def _to_its_end(one):
    """Of a definition nothing is left out anyway, and reading it is what takes long."""
    if isinstance(one.node, DEFINITIONS):
        return one
    return Statement(one.cell, one.node, is_whole=True, containers=one.containers)


def why_left(statement, at, drawing):
    """`plots`, `prints`, `trains`, or `unneeded`."""
    if at in drawing.places:
        return "plots"
    names = statement.calls
    if names & TRAINS or isinstance(statement.node, ast.While):
        return "trains"
    if names & PLOTS:
        return "plots"
    return "prints" if isinstance(statement.node, ast.Expr) and names & PRINTS else "unneeded"


def trains(statement):
    """Whether a statement trains or tries out: such a call may change whatever it is handed, and takes its time."""
    node = statement.node
    return not isinstance(node, DEFINITIONS) and bool(statement.calls & TRAINS or isinstance(node, ast.While))


def _imports(node, packages):
    """Whether a statement imports one of these, or from it."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in packages
    return isinstance(node, ast.Import) and any(alias.name.split(".")[0] in packages for alias in node.names)


def _root(node):
    """The name at which a chain of calls, attributes and indexes begins."""
    while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None
