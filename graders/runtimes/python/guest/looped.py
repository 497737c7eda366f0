"""
A training by a loop of the script's own, as the sheet asks for it: all of it, or one step of a model that the script trains so,
since no library knows how it would.
"""

import contextlib

from constants import Adapted
from libraries import library
from loop_series import series_of
from loops import Loop, find_loop, validates
from performed import find_call, reports_after
from printed import Listening
from reaching import names_in, needed
from recorded import LISTENED, Recorded
from trainings import loop_training_of, take_loaded


def training_in(cells, entry):
    """The call of a script that does what a function is asked for, or the loop that trains in its place; None where neither is."""
    call = find_call(cells.statements, entry["performs"])
    by = entry.get("trainsBy")
    return call if call is not None or by is None or library is None else loop_by(cells, by)


def loop_by(cells, by):
    """The loop that trains by this call; None where none does."""
    if by not in cells.loops:
        cells.loops[by] = find_loop(cells, by)
    return cells.loops[by]


class Looped:
    """Runs the loop with the grader's model, data and limits."""

    def __init__(self, cells, loop, entry):
        self._cells, self._loop, self._entry = cells, loop, entry

    def train(self, arguments, adapted, recorded):
        """What came of it, and the places of all that was run."""
        model = arguments["model"]
        compiled = {"optimizer": library.optimizer_of(model), "loss": library.loss_of(model)}
        given = self._loop.given({**arguments, **{name: part for name, part in compiled.items() if part is not None}})
        after, told = reports_after(self._cells, self._loop), Recorded()
        recorded.optimizer = compiled["optimizer"]
        run, before = self._run(given, adapted, recorded, told)
        with Listening() as heard, contextlib.suppress(Exception):
            run.reports(self._loop, after, given)
        take_loaded(arguments["model"], told)
        places = {*before, self._loop.at, *(at for at, _ in after)}
        return loop_training_of(run.names, self._series(run), told, heard, self._entry["performs"], self._loop.counter), places

    def step(self, model, optimizer, batch):
        """One step on a batch, and the two errors that the loop keeps of it."""
        rounds = [(spec["literal"], 1) for spec in _options(self._entry) if spec["name"] == "epochs"]
        given = self._loop.given({"model": model, "optimizer": optimizer, "train": batch, "val": batch})
        with library.without_graphs():
            recorded = Recorded()
            recorded.optimizer = optimizer
            run, _ = self._run(given, Adapted(rounds, LISTENED), recorded, Recorded())
        series = self._series(run)
        return [series[name][0] for name in ("loss", "mae") if name in series]

    def _run(self, given, adapted, recorded, told):
        run = self._cells.begin(given, adapted, recorded)
        before = needed(self._cells.statements, names_in(self._loop.statement), self._loop.at, given)
        run.loop(self._loop, before, told)
        return run, before

    def _series(self, run):
        """Of what the loop itself fills, and of no data that happens to be as long."""
        filled = self._loop.of.binds | self._loop.of.changes
        return series_of({name: item for name, item in run.names.items() if name in filled}, validates)


def tell_trainer(model, cells, entry, contract):
    """Has a model that the script's own loop trains, and nothing compiles, take its steps by that loop."""
    used = entry.get("usedIn", {}).get("value")
    if used is None or library is None or not library.is_model(model) or library.optimizer_of(model) is not None:
        return
    trains = contract.names[used["call"]]
    loop = training_in(cells, trains)
    optimizer = loop.optimizer() if isinstance(loop, Loop) else None
    if optimizer is not None:
        looped = Looped(cells, loop, trains)
        library.train_by(model, optimizer, lambda batch: looped.step(model, optimizer, batch))


def _options(entry):
    return [option for spec in entry["takes"] for option in spec.get("options", []) if "literal" in option]
