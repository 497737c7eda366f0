"""
All plots of a file of cells, those of what was trained as well: the statements that draw are run with whatever they need, on the
tables of the grader's loaders, with its smaller numbers in the place of the sheet's, and with few rounds of training.
"""

import ast
import contextlib
import json
import types

from constants import Adapted
from fewer_rounds import FewerRounds
from held import Held
from hurry import Hurry
from left_out import DEFINITIONS, Drawing
from libraries import library
from notebook import execute
from plots import recorder
from reaching import needed, root_of
from slicing import PRINTS, TRAINS, Statement, called_in
from trouble import cut, describe

# Of processor time, for one statement and for all.
STEP_SECONDS, WHOLE_SECONDS = 4, 7
# What is told of all plots together, in numbers; and of the text that draws one, in letters.
NUMBERS, TEXT = 30_000, 600


class PlotsRun(Held):
    """Called without arguments it gives all plots as a text in JSON: a claim of the program's, as large as a file may be."""

    def __init__(self, notebook, modules, entry):
        self._draws, self._notebook, self._modules = entry["draws"], notebook, modules
        drawing = Drawing(notebook.statements, by_name=False)
        self._places = drawing.places
        own = {name for one in notebook.statements if isinstance(one.node, (ast.FunctionDef, ast.ClassDef)) for name in one.binds}
        self._statements = [_to_its_effects(one, own, drawing.libraries) for one in notebook.statements]

    def __call__(self):
        recorder.begin_anew()
        smaller = Adapted([(each["from"], each["to"]) for each in self._draws.get("smaller", [])])
        fewer = FewerRounds(self._draws["rounds"])
        module = types.ModuleType("__main__")
        module.__file__ = self._notebook.path
        module.__dict__.update({**smaller.names, **fewer.names})
        self._modules.cells_known(self._notebook)
        raised, hurry = [], Hurry(STEP_SECONDS, WHOLE_SECONDS)
        brief = contextlib.nullcontext if library is None else library.brief
        places, cell = self._run(), None
        for at in sorted(places):
            statement, recorder.at = self._statements[at], at
            if statement.cell is not cell:
                cell = statement.cell
                recorder.begin_figure()
            try:
                node = fewer.of(smaller.of(statement.node))
                with brief(), hurry:
                    execute(node, statement.cell.path, module.__dict__)
            except BaseException as error:
                trouble = describe(error, {statement.cell.path})
                raised.append({"cell": statement.cell.number, "says": cut(f"{trouble.get('name', '')}: {trouble['message']}", 200)})
        recorder.at = None
        plots = self._told()
        drawn_at = {part["at"] for plot in plots for part in (plot, *plot["curves"], *plot["bars"])}
        cells = sorted({self._statements[at].cell.number for at in places})
        return json.dumps({"plots": plots, "statements": {at: self._origin(at) for at in drawn_at}, "cells": cells, "raised": raised[:20]})

    def _run(self):
        """The places of what draws and of what that needs."""
        places = set(self._places)
        for at in self._places:
            places |= needed(self._statements, self._statements[at].uses, at)
        return places

    def _told(self):
        kinds, left, told = self._draws["kinds"], NUMBERS, []
        for plot in recorder.plots:
            shown = plot.numbers()
            for kind in ("curves", "bars", "image"):
                if kind not in kinds:
                    shown[kind] = None if kind == "image" else []
            left -= _size(shown)
            if left < 0:
                break
            if shown["curves"] or shown["bars"] or shown["image"]:
                told.append(shown)
        return told

    def _origin(self, at):
        """The cell of a statement that draws, and the text that led there: from the one before it in its cell."""
        statement = self._statements[at]
        before = [other for other in self._places if other < at and self._statements[other].cell is statement.cell]
        texts = [ast.unparse(one.node)[:TEXT] for one in self._statements[max(before, default=-1) + 1 : at + 1] if one.cell is statement.cell]
        return {"cell": statement.cell.number, "text": "\n".join(texts)[-TEXT:]}


def _size(shown):
    curves = sum(len(one["values"]) for one in shown["curves"])
    heights = sum(2 * len(one["heights"]) for one in shown["bars"])
    return curves + heights + sum(map(len, shown["image"] or []))


def _to_its_effects(one, own, libraries):
    """A statement read to its end: whatever a training, or a function of the program's own, is handed, it may change."""
    if isinstance(one.node, DEFINITIONS):
        return one
    whole = Statement(one.cell, one.node, is_whole=True, containers=one.containers)
    for call in ast.walk(one.node):
        if isinstance(call, ast.Call) and called_in(ast.Expr(call)) & (TRAINS | own) - PRINTS:
            handed = [*call.args, *(keyword.value for keyword in call.keywords), call.func]
            whole.changes |= {root for part in handed for root in [root_of(part)] if root is not None}
    whole.changes -= libraries | own
    return whole
