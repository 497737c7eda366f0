"""
A script in the place of a function: what its variables hold, or what one of its calls gives, once the statements that this needs
have run anew. A call's arguments come where a script has its data: from loaders, under the names of variables, as constants.
"""

import contextlib
import re

from all_classes import AllClasses
from binding import names_of, spread_out
from constants import Adapted
from handed import handing
from held import Standing
from like_names import FUNCTIONS, named_like
from looped import Looped, tell_trainer, training_in
from loops import Loop
from marked import Marked
from network_draws import NetworkDraws
from own_training import OwnTraining, series_named
from performed import reports_after
from printed import Listening
from reaching import names_in, needed, root_of
from recorded import LISTENED, Recorded, constants_of, settings_of
from trouble import GuestTrouble
from trainings import take_loaded, training_of
from unfolding import own_name


class Script(Standing):
    """Stands for the function of this name of the sheet, in the cells of one file."""

    def __init__(self, cells, name, contract):
        super().__init__(cells.path)
        self._script, self._contract, self._name = cells, contract, name
        self._entry = contract.names.get(name, {})
        self._performs = self._entry.get("performs")
        if self._performs is not None and training_in(cells, self._entry) is None:
            self._performs = None
        self._training = OwnTraining(cells, contract)
        self._draws = NetworkDraws(cells, _sizes_in(contract)) if "network" in self._entry and self._performs is None else None

    def answers(self):
        """Whether the script has what stands for the function."""
        return self._is_named() or (self._draws is not None and bool(self._draws.statements()))

    def _is_named(self):
        return self._performs is not None or self._trains() or any(self._part(*wanted) is not None for wanted in self._wanted().values())

    def _trains(self):
        """Whether the script has a training of its own in the place of one that is asked for."""
        return "trainsBy" in self._entry and self._training.loop is not None

    def _drawn(self, args):
        """What is known by its shapes; None where that is nothing, or cannot be run with the grader's sizes."""
        wanted = [arg for spec, arg in spread_out(self._entry, args) if not spec.get("optional")]
        try:
            found = self._draws.answer(self._entry["network"], wanted)
        except Exception:
            return None
        self.found_in, self.cells = "what is drawn of the sheet’s sizes", sorted({one.cell.number for one in self._draws.statements()})
        return found

    def __call__(self, *args):
        found = None if self._draws is None else self._drawn(args)
        if found is not None:
            return found
        if not self._is_named():
            raise GuestTrouble("missing", f"{self.path} does not define {self._contract.called(self._name)[0]}, and what it draws cannot stand for it")
        pairs = [(spec, arg) for spec, arg in spread_out(self._entry, args) if arg is not None]
        self._classes = AllClasses(pairs)
        tables = self._classes.completed({spec["loader"]: arg for spec, arg in pairs if "loader" in spec})
        # A script may go on with the other part of the library's own split, and finds rows there the second time; a name may
        # mean something else to it, and is left to it at last.
        named = any("loader" not in spec for spec, _ in pairs)
        tries = [(tables, True), *([({**tables, "in two parts": True}, True)] if tables else []), *([(tables, False)] if named else [])]
        for tried, (loaded, by_name) in enumerate(tries, 1):
            with handing(loaded):
                try:
                    return self._answer(pairs, by_name)
                except Exception:
                    if tried == len(tries):
                        raise

    def _answer(self, pairs, by_name=True, turns=True):
        recorded = Recorded()
        defined = {name for one in self._script.statements if isinstance(one.node, FUNCTIONS) for name in one.binds}
        named = {name: arg for spec, arg in pairs if by_name and "loader" not in spec for name in names_of(spec) if name not in defined}
        given = self._script.with_data_sets({**named, **(self._training.given(pairs) if by_name else {})})
        literals = [(spec["literal"], arg) for spec, arg in pairs if "literal" in spec]
        literals += [(spec["rows"], self._classes.rows) for spec, _ in pairs if "rows" in spec]
        adapted = Adapted(literals, LISTENED, next((arg for spec, arg in pairs if spec.get("repeats")), None))
        return self._performed(pairs, adapted, given, recorded, turns) if self._performs is not None else self._held(pairs, adapted, given, recorded)

    def _held(self, pairs, adapted, given, recorded):
        parts = {label: self._part(*wanted) for label, wanted in self._wanted().items()}
        parts = {label: part for label, part in parts.items() if part is not None}
        run = self._script.begin(given, adapted, recorded)
        places = set()
        for node, end in parts.values():
            places |= needed(self._script.statements, names_in(node), end, given)
        if self._trains():
            return self._trained(pairs, parts, places | self._training.places(given), run)
        self._tell(_in_words([own_name(root_of(node) or "") for node, _ in parts.values()]), places)
        with self._training.unchanged(places, pairs):
            found = self._classes.cut(run.through(places, parts))
        if "value" in self._entry:
            tell_trainer(found["value"], self._script, self._entry, self._contract)
            return _number(found["value"])
        for label, (part, attribute) in self._entry.get("attributes", {}).items():
            if label not in found and part in found:
                found[label] = getattr(found[part], attribute, None)
        return Marked(found, held=True)

    def _trained(self, pairs, parts, places, run):
        """The series that the script's own training keeps, by their names; where one is not found so, what a variable of a name of its holds."""
        rounds = next((arg for spec, arg in pairs if spec.get("repeats")), None)
        run.through(places, {})
        wanted = {label: (names, None if like is None else re.compile(like)) for label, (names, _, like, _) in self._wanted().items()}
        found = series_named(run.names, wanted, rounds)
        words = _in_words([own_name(root_of(node) or "") for node, _ in parts.values()])
        self._tell(words if len(parts) == len(wanted) else self._training.loop.in_words(), places)
        found.update(run.through((), {label: part for label, part in parts.items() if label not in found}))
        return Marked(found, held=True)

    def _wanted(self):
        """For every part of the answer: the names that may hold it, the call that is handed it, names like these, and its role in a training."""
        ways = [self._entry.get(way, {}) for way in ("usedIn", "likeValues", "roles")]
        wanted = {"value": self._entry["value"]} if "value" in self._entry else self._entry.get("values", {})
        return {label: (names, *(way.get(label) for way in ways)) for label, names in wanted.items()}

    def _part(self, names, used, like, role):
        """The expression that gives a part, and the place before which it does; None where the script has none."""
        statements = self._script.statements
        if used is not None:
            call = training_in(self._script, self._contract.names[used["call"]])
            node = None if call is None else call.handed(used["argument"])
            if node is not None:
                return node, call.at
        end = self._end()
        if any("loader" in spec for spec in self._entry.get("takes", ())):
            names = self._latest(names, statements[:end])
        for name in names:
            # Of what several functions call so the last one.
            found = [bound for one in statements[:end] if not isinstance(one.node, FUNCTIONS) for bound in one.binds if own_name(bound) == name]
            if found:
                return self._script.variable(found[-1]), end
        found = [] if like is None else named_like(statements[:end], like, "value" in self._entry)
        if found:
            return found[-1], end
        node = None if role is None else self._training.named(role)
        return None if node is None else (node, self._training.loop.at)

    def _latest(self, names, statements):
        """
        Of a script that loads twice, the same names in capitals may hold what it loaded first: those that are bound further down come
        before others, and otherwise the order stays.
        """
        at = {own_name(name): place for place, statement in enumerate(statements) for name in statement.binds}
        return sorted(names, key=lambda name: -at.get(name, -1))

    def _end(self):
        """The place at which variables are read: where the sheet goes on with them, since their names may come again."""
        statements, names = self._script.statements, set(self._entry.get("asOf", ()))
        found = [at for at, statement in enumerate(statements) if any(own_name(name) in names for name in statement.binds | statement.changes)]
        return found[-1] if found else len(statements)

    def _performed(self, pairs, adapted, given, recorded, turns):
        call = training_in(self._script, self._entry)
        arguments = {spec["name"]: arg for spec, arg in pairs if "name" in spec}
        if isinstance(call, Loop):
            looped = Looped(self._script, call, self._entry)
            found, places = looped.train(arguments, adapted, recorded)
            self._tell(call.in_words(), places)
            return found
        adapted.names.update(call.bind(arguments, given))
        after = reports_after(self._script, call) if self._performs.get("gives") == "training" else []
        run = self._script.begin(given, adapted, recorded)
        before = needed(self._script.statements, names_in(call.statement) | call.reads(), call.at, given)
        self._tell(call.in_words(), {*before, call.at, *(at for at, _ in after)})
        gave = run.call(call, before)
        if self._performs.get("gives") == "first":
            first, turned = _first(gave), _turned(pairs) if turns else None
            # A sheet's matrix may be outputs × inputs, where its function is asked for inputs × outputs.
            other = turned is not None and list(getattr(first, "shape", ())) == turned[1] != turned[0]
            return self._answer(turned[2], turns=False) if other else first
        if self._performs.get("gives") != "training":
            parts = self._entry.get("returns", ())
            return Marked(zip(parts, gave), held=True) if type(gave) in (list, tuple) and len(gave) == len(parts) > 0 else gave
        with Listening() as heard, contextlib.suppress(Exception):
            run.reports(call, after, given)
        take_loaded(arguments["model"], recorded)
        return training_of(gave, recorded, heard, self._performs, run.names)

    def _tell(self, found_in, places):
        statements = [self._script.statements[at] for at in sorted(places)]
        nodes = [statement.node for statement in statements]
        self.found_in, self.settings = found_in, settings_of(nodes, constants_of(nodes))
        self.cells = sorted({statement.cell.number for statement in statements})


def _sizes_in(contract):
    """The sheet's sizes of the network that is drawn."""
    return next(spec["literal"] for entry in contract.names.values() if "network" in entry for spec in entry["takes"] if isinstance(spec.get("literal"), list))


def _number(value):
    """A number that stands alone in a tensor, whatever was computed with it."""
    return value.item() if getattr(value, "ndim", None) == 0 and hasattr(value, "item") else value


def _first(gave):
    """Of lists of lists the first that is none; of a dictionary its first entry."""
    while isinstance(gave, (list, tuple, dict)) and gave:
        gave = next(iter(gave.values())) if isinstance(gave, dict) else gave[0]
    return gave


def _turned(pairs):
    """A list of sizes that is handed over, the same the other way round, and all arguments with that; None where there is none."""
    sizes = next((arg for spec, arg in pairs if isinstance(spec.get("literal"), list)), None)
    if sizes is None:
        return None
    back = list(reversed(sizes))
    return list(sizes), back, [(spec, back if arg is sizes else arg) for spec, arg in pairs]


def _in_words(names):
    names = [name for name in dict.fromkeys(names) if name]
    return f"the variable {names[0]}" if len(names) == 1 else f"the variables {', '.join(names[:-1])} and {names[-1]}" if names else ""
