"""Runs of a notebook what is asked of it, statement by statement, and remembers what became of each cell."""

import __future__
import ast
import inspect
import types

from cells import cells_of
from claims import Claims
from hurry import Hurry
from left_out import Drawing, why_left
from settled import settled
from slicing import slice_of
from trouble import cut, describe

# Of processor time, for one statement that draws or that a plot needs, and for all of a notebook.
STEP_SECONDS, DRAWING_SECONDS = 0.04, 0.12


class Notebook:
    """The cells of one file, up to one of them where that is said, and what of them the asked names need."""

    def __init__(self, path, text, asked, up_to=None, held=frozenset()):
        self.path, self._asked = path, set(asked)
        self.cells = [cell for cell in cells_of(path, text) if up_to is None or cell.number <= up_to]
        self.statements, self._needed = slice_of(self.cells, asked, held)
        self._known_drawing = None
        self.lost, self.raised = {}, {}

    @property
    def _drawing(self):
        self._known_drawing = self._known_drawing or Drawing(self.statements)
        return self._known_drawing

    def run(self, names):
        """Runs the needed statements in `names`; one that raises loses the names that it would have bound, and no others."""
        for at, statement in enumerate(self.statements):
            if at not in self._needed:
                continue
            try:
                execute(statement.node, statement.cell.path, names)
            except BaseException as raised:
                # What is absent because something else raised is told with that.
                absent = raised.name if type(raised) is NameError else None
                raised = self.lost.get(absent, raised)
                for name in statement.binds | statement.changes:
                    # A module is what it was, whatever of it was called in vain.
                    if not isinstance(names.get(name), types.ModuleType):
                        self.lost[name] = raised
                self.raised.setdefault(statement.cell.number, describe(raised, {statement.cell.path}))

    def draw(self, names, lengthy):
        """Runs, in `names`, what only draws and what that needs, in order, as far as that is quickly done; nothing of `lengthy` modules is."""
        hurry = Hurry(STEP_SECONDS, DRAWING_SECONDS)
        for statement in self._drawing.steps(lengthy):
            try:
                with hurry:
                    execute(statement.node, statement.cell.path, names)
            except BaseException:
                # A plot that cannot be made is not shown.
                continue

    def needed_of(self, cell):
        """The statements of a cell that are run, each with the asked names for which it is."""
        return [(it.node, self._needed[at]) for at, it in enumerate(self.statements) if at in self._needed and it.cell is cell]

    def told(self):
        """For every code cell: how much of it is run, why not more, what of the asked names it binds, and what it claims."""
        of_cell = {cell.number: ([], set(), set()) for cell in self.cells}
        drawing = self._drawing
        for at, statement in enumerate(self.statements):
            taken, bound, reasons = of_cell[statement.cell.number]
            taken.append(at in self._needed)
            bound |= statement.binds & self._asked
            if at not in self._needed:
                reasons.add(why_left(statement, at, drawing))
        claims = Claims()
        return [_told(cell, *of_cell[cell.number], claims.of(cell.outputs)) for cell in self.cells]


def execute(node, path, names):
    """One statement, as Jupyter runs it: it may await, outside of a function too."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    # A file that has imported this has types in its signatures that are never looked up.
    if names.get("annotations") is __future__.annotations:
        flags |= __future__.annotations.compiler_flag
    code = compile(ast.Module([node], []), path, "exec", flags, dont_inherit=True)
    awaited = eval(code, names)
    if code.co_flags & inspect.CO_COROUTINE:
        settled(awaited)


def _told(cell, taken, bound, reasons, claims):
    state = "unreadable" if cell.error else "run" if taken and all(taken) else "in part" if any(taken) else "not run"
    why = cell.error or cell.note
    named = {"why": why} if why else {}
    listed = {"binds": sorted(bound)[:50], "left": sorted(reasons), "claims": claims}
    kept = {key: items for key, items in listed.items() if items}
    return {"cell": cell.number, "state": state, "begins": cut(cell.begins, 120), **named, **kept}
