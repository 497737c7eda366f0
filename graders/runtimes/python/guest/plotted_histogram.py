"""
A call of a drawing library in the place of a function that gives the edges and heights of a histogram: what it makes of the grader's
values, as dense or not as the script asks for it.
"""

import ast

from binding import spread_out
from held import Standing
from plot_numbers import histograms

# Those of the library that draws, and of the one that only counts.
CALLS = ("hist", "histogram")


class PlottedHistogram(Standing):
    """Stands for the function of this entry in the statements of one file; the call that asks for densities is the one."""

    def __init__(self, notebook, entry):
        super().__init__(notebook.path)
        self._entry = entry
        calls = [(one.cell, call) for one in notebook.statements for call in ast.walk(one.node) if _is_plain(call)]
        self._cell, self._call = max(calls, key=lambda found: _is_dense(found[1]), default=(None, None))
        if self._call is not None:
            self.found_in = f"the call {ast.unparse(self._call.func)[:80]}(…) in cell {self._cell.number}"
            self.cells = [self._cell.number]

    def answers(self):
        """Whether there is such a call."""
        return self._call is not None

    def __call__(self, *args):
        given = {spec["name"]: arg for spec, arg in spread_out(self._entry, args) if "name" in spec}
        keywords = {"range": given.get("range"), "density": _is_dense(self._call)}
        edges, heights, _ = histograms(given["values"], given["bins"], keywords)[0]
        return edges, heights


def _is_plain(call):
    """Heights that are weighted, or summed up, are something else."""
    if not isinstance(call, ast.Call) or not call.args:
        return False
    called = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else None
    return called in CALLS and not {keyword.arg for keyword in call.keywords} & {"weights", "cumulative", None}


def _is_dense(call):
    return any(keyword.arg == "density" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True for keyword in call.keywords)
