"""
The call of a script that does what the sheet asks of a function: `model.fit(…)` for a training, `grads(model, x_train[:16], …)`
for a result. Found in the text; what it is handed is exchanged for what the grader hands over.
"""

import ast
import copy
import re

from reaching import names_in, root_of
from slicing import PLOTS, Statement
from unfolding import APART

GIVEN = "\u00b7given"
# Statements that report what came of a call.
REPORTS = (ast.Assign, ast.AnnAssign, ast.Expr, ast.If, ast.For, ast.With)


class Call:
    """One call at the top level of a script, at `at` among its statements."""

    def __init__(self, statements, at, node, performs):
        self.at, self.node, self._performs = at, node, performs
        self.of, self._before = statements[at], statements[:at]
        self.statement = self.of.node
        # Parts of objects that are the grader's from just before the call on, each with the name of what it is then.
        self.parts = []

    @property
    def model(self):
        """The variable whose method is called."""
        return root_of(self.node.func)

    def handed(self, argument):
        """The expression that it is handed as this argument of the sheet's."""
        if argument == self._performs.get("on"):
            return self.node.func.value if isinstance(self.node.func, ast.Attribute) else None
        return next((self._at(place) for place, name in self._places() if name == argument and self._at(place) is not None), None)

    def bind(self, arguments, given):
        """
        Binds in `given` the variables that are handed over to the grader's arguments; of whatever else is handed over the
        expression is exchanged, and comes back under the name that it now has.
        """
        exchanged = {}
        for name, argument in arguments.items():
            node = self.handed(name)
            if node is None:
                continue
            root = root_of(node)
            # What is trained on has been parted already; of what else is handed over the script takes its part itself.
            if self._performs.get("gives") != "training":
                root = self._source_of(root or cut_from(node))
            elif isinstance(node, (ast.Attribute, ast.Subscript)):
                # A part of an object, which stays what it is.
                root = None
                if name == self._performs.get("on"):
                    self.parts.append((_stored(node), f"{GIVEN}{len(exchanged)}"))
            if root is not None:
                given[root] = argument
            else:
                exchanged[f"{GIVEN}{len(exchanged)}"] = (node, argument)
        whole = self.statement
        self.statement = copy.deepcopy(whole, {id(node): ast.copy_location(ast.Name(key, ast.Load()), node) for key, (node, _) in exchanged.items()})
        self.node = _call_in(self.statement, self.node)
        self._leave_out()
        return {key: argument for key, (_, argument) in exchanged.items()}

    def reads(self):
        """What its statement reads, the function that is called included, and the objects of which parts are the grader's."""
        return names_in(self.statement) | {root_of(part) for part, _ in self.parts}

    def in_words(self):
        cell = self.of.cell
        where = f" in cell {cell.number}" if cell.path.endswith(f" cell {cell.number}") else ""
        called = re.sub(f"{APART}\\d+", "", ast.unparse(self.node.func))
        return f"the call {called[:80]}(…){where}"

    def _source_of(self, name):
        """The variable of which this one is a part, as in `inputs = x_train[:16]`: the part is the script's own to take."""
        for statement in reversed(self._before):
            node = statement.node
            if name in statement.binds:
                value = _bound_to(name, node)
                cut = None if value is None else cut_from(value)
                if cut is None or cut == name:
                    return name
                name = cut
        return name

    def _places(self):
        return self._performs.get("places", {}).items()

    def _at(self, place):
        if place.isdigit():
            return self.node.args[int(place)] if int(place) < len(self.node.args) else None
        return next((keyword.value for keyword in self.node.keywords if keyword.arg == place), None)

    def _leave_out(self):
        """What belongs to data of another form than the grader hands over."""
        without = self._performs.get("without", [])
        self.node.args = [arg for k, arg in enumerate(self.node.args) if str(k) not in without]
        self.node.keywords = [keyword for keyword in self.node.keywords if keyword.arg not in without]


def _stored(node):
    target = copy.copy(node)
    target.ctx = ast.Store()
    return target


def _bound_to(name, node):
    """What a plain assignment binds the name to, by itself or beside others; None where it is not seen."""
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return None
    target, value = node.targets[0], node.value
    if isinstance(target, ast.Name):
        return value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        return next((given for one, given in zip(target.elts, value.elts) if isinstance(one, ast.Name) and one.id == name), None)
    return None


def cut_from(node):
    """The name of which an expression takes some rows, whatever it then does with them: `tf.constant(x[:16])`; None for any other."""
    if isinstance(node, ast.Call):
        parts = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return next((root for part in [*parts, *node.args[:1]] for root in [cut_from(part)] if root is not None), None)
    return root_of(node) if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) else None


def find_call(statements, performs):
    """The first of the calls of this name that are handed most of what shows that it is this one; None where there is none."""
    best, most = None, -1
    for at, statement in enumerate(statements):
        if isinstance(statement.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for node in ast.walk(statement.node):
            if isinstance(node, ast.Call) and _called(node) == performs["call"]:
                if "saying" in performs and not _says(node, performs["saying"]):
                    continue
                shown = sum(keyword.arg in performs.get("shownBy", ()) for keyword in node.keywords)
                if shown > most and (shown > 0 or not performs.get("shownBy")):
                    best, most = Call(statements, at, node, performs), shown
    return best


def reports_after(cells, call):
    """The statements after a call that say what came of it, plots aside, as far as the model is not another one."""
    model = call.model
    known = call.of.binds | call.of.changes | ({model} if model else set())
    found = []
    for at in range(call.at + 1, len(cells.statements)):
        statement = cells.statements[at]
        # Who loads the model again goes on with the same one.
        if model in statement.binds and "load_model" not in statement.calls:
            break
        whole = Statement(statement.cell, statement.node, is_whole=True, containers=statement.containers)
        names = whole.calls
        # What was saved while it was trained is loaded under a name of its own.
        follows = whole.uses & known or "load_model" in names
        if not isinstance(statement.node, REPORTS) or names & (PLOTS | {"fit", "summary"}) or not follows:
            continue
        known |= statement.binds
        found.append((at, whole))
    return found


def _says(call, word):
    """Whether a text that it is handed has this word in it."""
    handed = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(isinstance(node, ast.Constant) and isinstance(node.value, str) and word in node.value.lower() for node in handed)


def _called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else None


def _call_in(statement, like):
    """The copy of a call in the copy of its statement."""
    return next(
        node
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and (node.lineno, node.col_offset, node.end_col_offset) == (like.lineno, like.col_offset, like.end_col_offset)
    )
