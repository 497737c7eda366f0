"""
A script in the place of a function that trains and logs: it loads, cuts into batches, makes a network and calls what trains it, in
cells. Those statements are run anew with the grader's data and settings; what the call gives, or prints, is the log.
"""

import ast

from binding import names_of, spread_out
from constants import Adapted
from handed import handing
from handed_over import Enough, HandedOver
from held import Standing
from notebook import execute
from reaching import names_in, needed
from recorded import Recorded
from slicing import DEFINITIONS
from trouble import GuestTrouble


class TrainingCalls(Standing):
    """Stands for the function of this name of the sheet, in the cells of one file."""

    def __init__(self, cells, name, contract):
        super().__init__(cells.path)
        self._script, self._entry = cells, contract.names[name]
        self._runs = self._entry["runs"]
        every = [at for at, one in enumerate(cells.statements) if self._calls(one)]
        numbers = set(self._runs.get("numbers", ()))
        self._places = [at for at in every if numbers & self._numbers_in(at)] if numbers else every[:1]

    def answers(self):
        """Whether the script has such a call."""
        return len(self._places) > 0

    def _calls(self, statement):
        return not isinstance(statement.node, DEFINITIONS) and self._runs["call"] in statement.calls

    def _numbers_in(self, at):
        """The numbers in a statement, and those in the variables that it reads."""
        statements = self._script.statements
        nodes = [statements[at].node]
        for name in names_in(statements[at].node):
            bound = [one.node.value for one in statements[:at] if isinstance(one.node, ast.Assign) and name in one.binds]
            nodes += [node for node in bound[-1:] if not any(isinstance(part, ast.Call) for part in ast.walk(node))]
        return {part.value for node in nodes for part in ast.walk(node) if isinstance(part, ast.Constant) and type(part.value) in (int, float)}

    def __call__(self, *args):
        pairs = [(spec, arg) for spec, arg in spread_out(self._entry, args) if arg is not None]
        tables = {name: _at(arg, path) for spec, arg in pairs for name, path in spec.get("tables", {}).items()}
        # A sheet's own images are shares of white, those of a library bytes.
        tables["shares of white"] = True
        with handing(tables):
            try:
                return self._run(pairs, True)
            except Exception:
                # A name may mean something else to the script, and is left to it.
                return self._run(pairs, False)

    def _run(self, pairs, by_name):
        handed = HandedOver(pairs, self._entry)
        turns = next((list(arg) for spec, arg in pairs if "turns" in self._runs and self._runs["turns"]["of"] in names_of(spec)), None)
        if turns is not None:
            handed.in_turn(self._runs["turns"]["names"], turns)
        given = {name: arg for spec, arg in pairs if by_name for name in names_of(spec)}
        adapted = Adapted([(spec["literal"], arg) for spec, arg in pairs if "literal" in spec], handed=handed)
        run = self._script.begin(given, adapted, Recorded())
        done = set()
        while len(handed.gave) < len(turns or [None]):
            known = len(handed.gave)
            self._next(run, adapted, self._places[min(known, len(self._places) - 1)], given, done)
            if len(handed.gave) == known:
                raise GuestTrouble("threw", f"{self._runs['call']} was not called")
        self._tell(done)
        return handed.gave[0] if turns is None else handed.gave

    def _next(self, run, adapted, at, given, done):
        """What the call needs and has not been run, or stands between the call before and this one; and the call."""
        node = self._script.statements[at].node
        since = max((place for place in self._places if place < at), default=-1)
        before = needed(self._script.statements, names_in(node), at, given)
        for place in sorted(before):
            if place not in done or place > since:
                run.step(place)
        run.raise_if_lost(names_in(node))
        done |= before | {at}
        try:
            execute(adapted.of(node), self._script.statements[at].cell.path, run.names)
        except Enough:
            pass

    def _tell(self, places):
        self.cells = sorted({self._script.statements[at].cell.number for at in places})
        numbers = sorted({self._script.statements[at].cell.number for at in self._places})
        where = f" in cell{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}" if self.path.endswith(".ipynb") else ""
        self.found_in = f"the call {self._runs['call']}(…){where}"


def _at(record, path):
    for key in path.split("."):
        record = record[key]
    return record
