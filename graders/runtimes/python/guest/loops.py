"""
A loop of a script's own that trains, where the sheet asks for a function that does and no library's call is found: which of its
names are the model, the optimiser and the two data sets is seen from what they hold just before it, made with the loaders' tables.
"""

import ast
import copy
import re

from constants import Adapted
from fewer_rounds import are_rounds
from libraries import library
from reaching import names_in, needed
from recorded import LISTENED, Recorded
from slicing import DEFINITIONS
from unfolding import own_name

CALLS = (ast.Assign, ast.AnnAssign, ast.Expr)
VALIDATES = re.compile(r"val|test|dev|(?:^|_)va(?:_|$)", re.I)
TRAINS_ON = re.compile(r"train|_?tr(?:_|$)|^tr_", re.I)


class Loop:
    """The statement at `at`, which trains; of its roles `model`, `optimizer`, `loss`, `train` and `val` those that it has, by their names."""

    def __init__(self, cells, at):
        self.at, self.of, self._cells = at, cells.statements[at], cells
        self.statement, self._roles = _counted(self.of.node), None

    @property
    def model(self):
        """The variable that holds what is trained."""
        return self.roles().get("model")

    def handed(self, argument):
        """The expression that stands in it as this argument of the sheet's."""
        name = self.roles().get(argument)
        return None if name is None else self._cells.variable(name)

    @property
    def counter(self):
        """The variable that counts its rounds; None for a loop of another kind."""
        target = getattr(self.statement, "target", None)
        return target.id if isinstance(target, ast.Name) else None

    def in_words(self):
        cell = self.of.cell
        where = f" in cell {cell.number}" if cell.path.endswith(f" cell {cell.number}") else ""
        return f"the loop{where} that trains"

    def roles(self):
        """Found out once: what is needed before the loop is run for it."""
        if self._roles is None:
            recorded = Recorded()
            run = self._cells.begin({}, Adapted((), LISTENED), recorded)
            run.through(needed(self._cells.statements, self.names(), self.at), {})
            self._roles, self._held, self._made = self._roles_of(run.names), run.names, recorded.made
        return self._roles

    def names(self):
        """The names that are read as it runs, in the order of its text, and those that its functions read."""
        found = dict.fromkeys(_in_order(self.statement))
        for at in sorted(needed(self._cells.statements, found, self.at)):
            one = self._cells.statements[at]
            if isinstance(one.node, DEFINITIONS) and not isinstance(one.node, (ast.Import, ast.ImportFrom)):
                found.update(dict.fromkeys(sorted(one.uses)))
        return list(found)

    def given(self, arguments):
        """The names that are the grader's while it runs: data in the form in which the script has its own."""
        roles, given = self.roles(), {}
        for argument in ("train", "val"):
            name, batches = roles.get(argument), arguments.get(argument)
            if batches is None:
                continue
            rows, batches = library.rows_of(batches), library.even(batches) if argument == "val" else batches
            if name is not None:
                own = self._held[name]
                given[name] = library.batches_like(batches, own)
                given.update(zip(_sliced_into(self._cells.statements, name, self.at), library.rows_like(rows, own)))
            for table, part in roles.get(f"{argument} tables", {}).items():
                given[table] = library.shaped_like(rows[part], self._held[table])
        given.update({roles[argument]: arguments[argument] for argument in ("model", "optimizer", "loss") if argument in roles and argument in arguments})
        return given

    def optimizer(self):
        """An optimiser as the script makes its own, under a name or not; None where it makes none."""
        name = self.roles().get("optimizer")
        made = [self._held[name]] if name is not None else [one for one in self._made if library.role_of(one) == "optimizer"]
        return library.made_anew(made[-1]) if made else None

    def _roles_of(self, names):
        held = {name: library.role_of(names[name]) for name in self.names() if name in names}
        roles = {role: name for name, role in reversed(held.items()) if role in ("model", "optimizer", "loss")}
        sets = [name for name, role in held.items() if role == "batches"]
        validating = [name for name in sets if validates(name)]
        training = [name for name in sets if name not in validating]
        roles.update({part: found[0] for part, found in (("train", training), ("val", validating or training[1:])) if found})
        if "val" not in roles:
            roles["val tables"] = {name: int(role == "column") for name, role in held.items() if role in ("table", "column") and validates(name)}
        return roles


def find_loop(cells, by):
    """
    The first loop at the top level that calls `by`, by way of functions and methods too; where there is none, the first call of
    what has such a loop in it; None where neither is.
    """
    statements, calls = cells.statements, []
    for at in range(len(statements)):
        node = statements[at].node
        if not isinstance(node, (ast.For, ast.While, *CALLS)) or (isinstance(node, CALLS) and (calls or not isinstance(node.value, ast.Call))):
            continue
        places = needed(statements, names_in(node), at)
        parts = [node, *(statements[place].node for place in places if isinstance(statements[place].node, DEFINITIONS))]
        if any(isinstance(part, ast.Call) and _called(part) == by for one in parts for part in ast.walk(one)):
            if not isinstance(node, CALLS):
                return Loop(cells, at)
            if _called(node.value) in _that_loop(parts):
                calls.append(Loop(cells, at))
    return calls[0] if calls else None


def _that_loop(definitions):
    """Names of the functions and methods in which a loop counts rounds."""
    functions = [part for one in definitions for part in ast.walk(one) if isinstance(part, ast.FunctionDef)]
    return {one.name for one in functions if any(isinstance(part, ast.For) and are_rounds(part) for part in ast.walk(one))}


def validates(name):
    """Whether what is called so belongs to the validation."""
    name = own_name(name)
    return VALIDATES.search(name) is not None and TRAINS_ON.search(name) is None


def _counted(node):
    """Rounds that are counted from one, `range(1, 301)`, with their number in the place of their end."""
    call = node.iter if isinstance(node, ast.For) else None
    ends = call.args if isinstance(call, ast.Call) and _called(call) == "range" and len(call.args) == 2 else []
    if not ends or not all(isinstance(end, ast.Constant) and type(end.value) is int for end in ends):
        return node
    node = copy.deepcopy(node)
    first, end = node.iter.args
    node.iter.args[1] = ast.copy_location(ast.BinOp(copy.deepcopy(first), ast.Add(), ast.Constant(end.value - first.value)), end)
    return ast.fix_missing_locations(node)


def _sliced_into(statements, name, before):
    """The two variables of whose rows a data set is made, as in `from_tensor_slices((x, y))`, by way of other names of it too."""
    for at in range(before - 1, -1, -1):
        node = statements[at].node
        if name not in statements[at].binds or not isinstance(node, ast.Assign):
            continue
        for call in ast.walk(node.value):
            if isinstance(call, ast.Call) and _called(call) == "from_tensor_slices" and call.args and isinstance(call.args[0], ast.Tuple):
                parts = call.args[0].elts
                return [part.id for part in parts if isinstance(part, ast.Name)] if all(isinstance(part, ast.Name) for part in parts) else []
        root = node.value
        while isinstance(root, (ast.Call, ast.Attribute)):
            root = root.func if isinstance(root, ast.Call) else root.value
        if isinstance(root, ast.Name) and root.id != name:
            return _sliced_into(statements, root.id, at)
    return []


def _in_order(node):
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)]
    return [part.id for part in sorted(names, key=lambda part: (part.lineno, part.col_offset))]


def _called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else None
