"""Runs statements of a script anew, in a module of their own, and remembers which names were lost on the way."""

import ast
import types

from constants import LISTENER
from contract import held_names
from notebook import execute
from own_names import own_names
from reaching import names_in, needed
from slicing import Statement
from trouble import describe
from unfolding import unfolded

COMPOUND = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.Try)


class ScriptCells:
    """The cells of one file, as a script."""

    def __init__(self, notebook, modules, path, contract):
        calls = {entry["performs"]["call"] for entry in contract.names.values() if "performs" in entry}
        calls |= {entry["runs"]["call"] for entry in contract.names.values() if "runs" in entry}
        calls |= {entry["trainsBy"] for entry in contract.names.values() if "trainsBy" in entry}
        self.statements = [_whole(one) for one in unfolded(notebook.statements, calls, held_names(contract))]
        self._notebook, self._modules = notebook, modules
        # Loops that train, by what shows it: which they are is found out once.
        self.loops = {}
        self.path = path.partition("@")[0]

    def variable(self, name):
        """An expression that reads the variable."""
        return ast.Name(name, ast.Load(), lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)

    def with_data_sets(self, given):
        """The names that are given, and those of the data sets of which the script makes the loaders among them."""
        whole = dict(given)
        for statement in self.statements:
            node = statement.node
            call = node.value if isinstance(node, ast.Assign) else None
            if not (isinstance(call, ast.Call) and ast.unparse(call.func).endswith("DataLoader")):
                continue
            own = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "dataset")]
            for name in statement.binds & set(given) if own and isinstance(own[0], ast.Name) else ():
                data_set = getattr(given[name], "dataset", None)
                if data_set is not None:
                    whole.setdefault(own[0].id, data_set)
        return whole

    def begin(self, given, adapted, recorded):
        """A run that begins with these names."""
        module = types.ModuleType("__main__")
        module.__file__ = self.path
        self._modules.cells_known(self._notebook)
        return Run(self.statements, module.__dict__, given, adapted, recorded, self._notebook.raised)


def _whole(statement):
    """A loop or block as it is run: what it trains with it needs, but it defines nothing of what it trains."""
    if not isinstance(statement.node, COMPOUND):
        return statement
    part, whole = (Statement(statement.cell, statement.node, is_whole=it, containers=statement.containers) for it in (False, True))
    part.uses = (part.uses | whole.uses) - own_names(statement.node)
    return part


class Run:
    """One run: `names` is what it has bound."""

    def __init__(self, statements, names, given, adapted, recorded, raised):
        self._statements, self.names, self._given, self._adapted, self._raised = statements, names, given, adapted, raised
        self._recorded, self._lost, self._last = recorded, {}, None
        names.update({**given, **adapted.names, LISTENER: recorded.called})

    def through(self, places, asked):
        """Runs the statements at these places; what the asked expressions are, each just before its own place."""
        found, waiting = {}, sorted(asked.items(), key=lambda item: item[1][1])
        for at in sorted(places):
            while waiting and waiting[0][1][1] <= at:
                self._find(*waiting.pop(0), found)
            self.step(at)
        for label, part in waiting:
            self._find(label, part, found)
        return found

    def call(self, call, before):
        """Runs what a call needs, and the statement in which it stands; what the call gave."""
        for at in sorted(before):
            self.step(at)
        self.raise_if_lost(call.reads())
        for part, name in call.parts:
            execute(ast.fix_missing_locations(ast.copy_location(ast.Assign([part], ast.Name(name, ast.Load())), part)), call.of.cell.path, self.names)
        kept = []
        function = call.node.func

        def keep(callee, /, *args, **keywords):
            kept.append(self._recorded.called(ast.unparse(function).split(".")[-1], callee, *args, **keywords))
            return kept[-1]

        listener = "\u00b7kept"
        self.names[listener] = keep
        call.node.args, call.node.func = [function, *call.node.args], ast.copy_location(ast.Name(listener, ast.Load()), function)
        execute(self._adapted.of(call.statement), call.of.cell.path, self.names)
        return kept[-1]

    def loop(self, loop, before, recorded):
        """Runs what a loop needs, and the loop; what is listened to from then on goes to `recorded`."""
        for at in sorted(before):
            self.step(at)
        self.raise_if_lost(names_in(loop.statement))
        execute(self._adapted.of(loop.statement), loop.of.cell.path, self.names)
        self.names[LISTENER] = recorded.called

    def reports(self, call, after, given):
        """Runs what says what came of the call, and what that needs besides; one that raises says nothing."""
        known = set(given) | call.of.binds
        for at, whole in after:
            places = needed(self._statements, whole.uses, at, known | {name for name in whole.uses if name in self.names})
            for place in [place for place in sorted(places) if place < at and place != call.at]:
                self.step(place)
            try:
                execute(self._adapted.of(whole.node), whole.cell.path, self.names)
            except Exception:
                continue

    def step(self, at):
        """Runs one statement; where it raises, what it binds is lost."""
        statement = self._statements[at]
        try:
            execute(self._adapted.of(statement.node), statement.cell.path, self.names)
            for name in statement.binds:
                self._lost.pop(name, None)
            # A statement that binds other names as well does not take the grader's away.
            self.names.update({name: self._given[name] for name in statement.binds if name in self._given})
        except BaseException as raised:
            absent = raised.name if type(raised) is NameError else None
            raised = self._lost.get(absent, raised)
            for name in statement.binds | statement.changes:
                self._lost[name] = raised
                # What it was before is not what the script goes on with; a module is what it was.
                if isinstance(self.names.get(name), types.ModuleType):
                    del self._lost[name]
                elif name not in self._given:
                    self.names.pop(name, None)
            self._raised.setdefault(statement.cell.number, describe(raised, {statement.cell.path}))

    def _find(self, label, part, found):
        node, _ = part
        self.raise_if_lost(names_in(node))
        code = compile(ast.fix_missing_locations(ast.Expression(self._adapted.of(node))), "<script>", "eval", dont_inherit=True)
        found[label] = eval(code, self.names)

    def raise_if_lost(self, names):
        """Raises what one of these names was lost by."""
        lost = next((self._lost[name] for name in sorted(names) if name in self._lost), None)
        if lost is not None:
            raise lost
