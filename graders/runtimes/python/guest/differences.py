"""
A difference quotient that a script computes in a cell, `(sigmoid(x + eps) - sigmoid(x - eps)) / (2 * eps)`, in the place of a function:
its points and its step are known by where they stand, whatever they are called.
"""

import ast
import copy

from binding import spread_out
from constants import Adapted
from held import Standing
from reaching import names_in, needed
from recorded import Recorded
from slicing import DEFINITIONS

STEP = "\u00b7step"
PLACE = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}


class Difference(Standing):
    """Stands for the function of this name of the sheet, in the cells of one file: the first such quotient."""

    def __init__(self, cells, name, contract):
        super().__init__(cells.path)
        self._script, self._entry = cells, contract.names[name]
        self._found = _first_quotient(cells.statements, set(contract.called(self._entry["differenceOf"])))

    def answers(self):
        """Whether the script has such a quotient."""
        return self._found is not None

    def __call__(self, *args):
        at, quotient, points, step = self._found
        *moved, epsilon = [arg for _, arg in spread_out(self._entry, args)]
        given = {**dict(zip(points, moved)), step: epsilon}
        places = needed(self._script.statements, names_in(quotient), at, given)
        cell = self._script.statements[at].cell
        self.found_in = f"the difference quotient in cell {cell.number}"
        self.cells = sorted({cell.number, *(self._script.statements[place].cell.number for place in places)})
        return self._script.begin(given, Adapted([]), Recorded()).through(places, {"value": (quotient, at)})["value"]


def _first_quotient(statements, called):
    """Its place, the expression, the names of its points in the order of the arguments, and that of its step; None where there is none."""
    values = {}
    for at, statement in enumerate(statements):
        node = statement.node
        if isinstance(node, DEFINITIONS):
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div):
                # What stands above may have got names of its own: `plus = sigmoid(x + eps)`.
                found = _read(_Filled(values).visit(copy.deepcopy(part)), called)
                if found is not None:
                    return at, *found
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            values[node.targets[0].id] = node.value if _calls(node.value, called) else None
    return None


class _Filled(ast.NodeTransformer):
    """With the values of names in their places."""

    def __init__(self, values):
        self._values = values

    def visit_Name(self, node):
        value = self._values.get(node.id)
        return node if value is None else copy.deepcopy(value)


def _read(quotient, called):
    calls = _calls(quotient.left, called)
    if len(calls) < 2 or _calls(quotient.right, called) or len({len(call.args) for call in calls}) != 1:
        return None
    below, points, steps = names_in(quotient.right), [], set()
    for place in range(len(calls[0].args)):
        names = set().union(*(names_in(call.args[place]) for call in calls))
        steps |= names & below
        moved = names - below - _modules(quotient)
        if len(moved) != 1:
            return None
        points.append(moved.pop())
    if len(steps) == 1:
        return quotient, points, steps.pop()
    # A step that has no name is the number that stands beside the points and below.
    written = {node.value for call in calls for node in ast.walk(call) if _is_small(node)} if not steps else set()
    if len(written) != 1:
        return None
    return _Exchanged(written.pop()).visit(quotient), points, STEP


class _Exchanged(ast.NodeTransformer):
    """With the step, or twice or half of it, under its name."""

    def __init__(self, step):
        self._step = step

    def visit_Constant(self, node):
        factor = next((factor for factor in (1, 2, 0.5) if _is_small(node) and abs(node.value - factor * self._step) < 1e-9 * self._step), None)
        if factor is None:
            return node
        return ast.BinOp(ast.Constant(factor, **PLACE), ast.Mult(), ast.Name(STEP, ast.Load(), **PLACE), **PLACE)


def _is_small(node):
    return isinstance(node, ast.Constant) and type(node.value) is float and 0 < node.value < 0.1


def _modules(node):
    """Names that are called, or of which an attribute is: `np` in `np.array(x)`."""
    roots = (part.value if isinstance(part, ast.Attribute) else part.func if isinstance(part, ast.Call) else None for part in ast.walk(node))
    return {root.id for root in roots if isinstance(root, ast.Name)}


def _calls(node, called):
    return [
        part
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in called and part.args and not part.keywords
    ]
