"""Runs of a notebook what is asked of it, statement by statement, and remembers what became of each cell."""

import ast

from cells import cells_of
from slicing import slice_of


class Notebook:
    """The cells of one file and what of them the asked names need."""

    def __init__(self, path, text, asked):
        self.cells = cells_of(path, text)
        self._statements, self._needed = slice_of(self.cells, asked)
        self.lost = {}

    def run(self, names):
        """Runs the needed statements in `names`; one that raises loses the names that it would have bound, and no others."""
        for at, statement in enumerate(self._statements):
            if at not in self._needed:
                continue
            code = compile(ast.Module([statement.node], []), statement.cell.path, "exec", dont_inherit=True)
            try:
                exec(code, names)
            except BaseException as raised:
                for name in statement.binds | statement.changes:
                    self.lost[name] = raised

    def told(self):
        """For every code cell: how much of it is run, and why not more."""
        of_cell = {}
        for at, statement in enumerate(self._statements):
            taken, whole = of_cell.get(statement.cell.number, (0, 0))
            of_cell[statement.cell.number] = (taken + (at in self._needed), whole + 1)
        return [_told(cell, *of_cell.get(cell.number, (0, 0))) for cell in self.cells]


def _told(cell, taken, whole):
    state = "unreadable" if cell.error else "run" if taken == whole and whole > 0 else "in part" if taken > 0 else "not run"
    why = cell.error or cell.note
    return {"cell": cell.number, "state": state, **({"why": why} if why else {})}
