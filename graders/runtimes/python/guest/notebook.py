"""Runs of a notebook what is asked of it, statement by statement, and remembers what became of each cell."""

import ast
import inspect

from cells import cells_of
from settled import settled
from slicing import slice_of


class Notebook:
    """The cells of one file, up to one of them where that is said, and what of them the asked names need."""

    def __init__(self, path, text, asked, up_to=None, given=frozenset()):
        self._asked = set(asked)
        self.cells = [cell for cell in cells_of(path, text) if up_to is None or cell.number <= up_to]
        self._statements, self._needed = slice_of(self.cells, asked, given)
        self.lost = {}

    def run(self, names):
        """Runs the needed statements in `names`; one that raises loses the names that it would have bound, and no others."""
        for at, statement in enumerate(self._statements):
            if at not in self._needed:
                continue
            try:
                _execute(statement, names)
            except BaseException as raised:
                # What is absent because something else raised is told with that.
                absent = raised.name if type(raised) is NameError else None
                raised = self.lost.get(absent, raised)
                for name in statement.binds | statement.changes:
                    self.lost[name] = raised

    def binds(self, names):
        """Whether a statement of it binds one of these names."""
        return any(name in statement.binds for statement in self._statements for name in names)

    def needed_of(self, cell):
        """The statements of a cell that are run."""
        return ast.Module([it.node for at, it in enumerate(self._statements) if at in self._needed and it.cell is cell], [])

    def told(self):
        """For every code cell: how much of it is run, why not more, and what of the asked names it binds."""
        of_cell = {}
        for at, statement in enumerate(self._statements):
            taken, whole, bound = of_cell.get(statement.cell.number, (0, 0, set()))
            of_cell[statement.cell.number] = (taken + (at in self._needed), whole + 1, bound | (statement.binds & self._asked))
        return [_told(cell, *of_cell.get(cell.number, (0, 0, set()))) for cell in self.cells]


def _execute(statement, names):
    """One statement, as Jupyter runs it: it may await, outside of a function too."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(ast.Module([statement.node], []), statement.cell.path, "exec", flags, dont_inherit=True)
    awaited = eval(code, names)
    if code.co_flags & inspect.CO_COROUTINE:
        settled(awaited)


def _told(cell, taken, whole, bound):
    state = "unreadable" if cell.error else "run" if taken == whole and whole > 0 else "in part" if taken > 0 else "not run"
    why = cell.error or cell.note
    named = {"binds": sorted(bound)[:50]} if bound else {}
    return {"cell": cell.number, "state": state, **({"why": why} if why else {}), **named}
