"""The program as the guest holds it: modules, kept objects, and what each request does with them."""

import contextlib
import itertools
import sys

import read_source
import stack_room
from binding import bind, spread_out
from by_training import fits, stepped
from contract import Contract, held_names
from handles import Handles
from held import Held, Standing
from inward import Record, make_args
from joined import say_joined
from libraries import library
from look import MISSING, class_name
from modules import Modules
from outward import Outward
from parts import names_of_parts
from plots import recorder
from plots_run import PlotsRun
from printed import Listening
from reach import function_of, kind_of, read, walk, write
from remembering import ask_before, in_its_place, with_kept
from rounds import Rounds
from seeds import Seeds
from settled import settled
from shared_names import shared
from trouble import GuestTrouble, cut, describe

try:
    import numpy
except ImportError:
    numpy = None

EXPORT_CAP = 1000
CELL_CAP = 100
MOST_TOLD = 12


class Program:
    """Does what a request asks; raises GuestTrouble where there is no answer."""

    def __init__(self):
        self._handles, self._contract, self._modules = Handles(), Contract(), None
        self._seeds = Seeds()
        self._taken, self._has_drawn = {}, False
        # What was read here before it is run, with the texts and names that it was read by.
        self._notebooks, self._read_by = {}, None

    def answer(self, request, binary):
        """The body of a good reply, and the bytes of its arrays in order."""
        out = Outward(self._handles, self._contract, request.get("room", 0))
        work = getattr(self, f"_{request['op']}")
        if library is None:
            return work(request, binary, out), out.binary
        library.watch()
        try:
            body = work(request, binary, out)
        finally:
            # Whatever it made of that: only with the whole library can it be known what it does.
            used = self._used(None if request["op"] in ("call", "construct") else "no call")
        if used is not None and request["op"] in ("call", "construct"):
            body["differentiated"] = used
        return body, out.binary

    def _used(self, loading):
        """What of automatic differentiation was used so far; raises where it is absent from this process."""
        used, absent = library.used()
        if absent is None:
            return used
        trouble = GuestTrouble("absent", absent)
        if loading is not None:
            trouble.trouble["loading"] = loading
        raise trouble

    @property
    def paths(self):
        return self._modules.paths if self._modules is not None else set()

    def _boot(self, request, binary, out):
        if library is not None:
            library.extent(request["library"])
            library.precision(request["precision"])
        versions = f"Python {sys.version.split()[0]}" + (f", numpy {numpy.__version__}" if numpy is not None else "")
        return {"node": versions[:40], "cacheRejected": False}

    def _inspect(self, request, binary, out):
        texts, asked = _texts(request["modules"], binary), request.get("asked", ())
        self._read_by = texts, list(asked)
        return {"files": [read_source.read(path, text, asked, self._notebooks) for path, text in texts.items()]}

    def _load(self, request, binary, out):
        self._contract = Contract(request.get("contract"))
        texts, asked, held = _texts(request["modules"], binary), request.get("asked", ()), held_names(self._contract)
        known_by, named = self._read_by or ({}, [])
        # Where variables may stand for functions, less is run than was read.
        same = not held and named == list(asked) and all(texts.get(path) == known_by[path] for path in self._notebooks)
        self._modules = Modules(texts, asked, request.get("provides", {}), held, self._notebooks if same else {})
        recorder.paths = self._modules.paths
        self._seeds.begin(request["seed"])
        return {}

    def _seen(self, request, binary, out):
        if self._modules is None:
            return {"raised": [], "drawn": [], "taken": []}
        # Where all plots were run for a judgement, those are shown.
        if request["draw"] and not self._has_drawn:
            self._modules.draw(frozenset(request["lengthy"]))
        return {"raised": self._modules.seen()[:CELL_CAP], "drawn": recorder.found(), "taken": list(self._taken.values())[:CELL_CAP]}

    def _exports(self, request, binary, out):
        names = vars(self._module(request["module"]))
        own = [(cut(key, 900), kind_of(item)[:40]) for key, item in names.items() if type(key) is str and not key.startswith("_")]
        return {"names": [[self._contract.sheet_name(key), kind] for key, kind in own[:EXPORT_CAP]]}

    def _call(self, request, binary, out):
        function, name, owner = self._guarded(
            lambda: function_of(request["target"], self._module, self._handles, self._contract, self._modules, in_its_place)
        )
        if library is not None:
            self._used("no call")
            library.watch()
        entry = self._contract.entry(name, owner)
        with self._as_own_models(request["target"], entry):
            args = self._made(request["args"], binary)

        def find(name):
            return self._modules.defined(name, self._contract)

        if "otherwise" in entry and not fits(function, entry, args):
            function = stepped(function.__self__, entry, self._contract, find, self._modules.loaded()) or function

        def kept_as(names):
            return self._modules.kept_as(request["target"].get("module"), names, self._contract)

        def work():
            ask_before(function, entry, args, self._contract)
            if issubclass(type(function), Held):
                positional, keywords, apart = args, {}, []
                rounds = Rounds(function, {}, [])
                self._seeds.draw_alike(args, [], self._modules.loaded())
            else:
                positional, keywords, apart = bind(function, entry, args, find)
                rounds = Rounds(function, entry, args)
                self._seeds.draw_alike(args, [*positional, *keywords.values(), *(arg for _, arg in apart)], self._modules.loaded())
            with shared(function, self._modules.loaded(), apart, kept_as) if apart else contextlib.nullcontext():
                returned = _called(lambda: rounds.run(positional, keywords, self._contract, self._modules.loaded()), entry.get("prints"))
            returned = with_kept(returned, getattr(function, "__self__", None), entry, self._contract)
            returns = names_of_parts(returned, entry, args)
            returned = self._in_parts(returned, request["keep"], entry)
            if "module" in request["target"]:
                returned = self._modules.compiled(request["target"]["module"], name, returned, args, self._contract)
            self._tell_inputs(returned, entry, args)
            say_joined(returned, name, entry, self._contract, find)
            body = {"value": out.encode(returned, request["keep"], returns, entry.get("rows", ()))}
            self._has_drawn |= type(function) is PlotsRun
            if issubclass(type(function), Standing):
                body["takenFrom"] = self._noted(name, function)
            if request["argsAfter"]:
                body["argsAfter"] = [out.encode(arg) for arg in args]
            return body

        return self._guarded(work)

    _construct = _call

    def _make(self, request, binary, out):
        return {"value": out.encode(self._made([request["value"]], binary)[0], "handle")}

    def _get(self, request, binary, out):
        holder = self._handles.get(request["handle"])

        def work(path):
            owner, key = walk(holder, path, self._contract)
            found = MISSING
            if library is not None and library.is_model(owner):
                found = library.attribute(owner, key)
            if found is MISSING or found is None:
                found = read(owner, key, self._contract)
            return out.encode(None if found is MISSING else settled(found), request["keep"])

        return {"values": self._in_turn(work, request["paths"])}

    def _set(self, request, binary, out):
        holder = self._handles.get(request["handle"])
        made = self._made([value for _, value in request["values"]], binary)

        def work(part):
            (path, _), value = part
            owner, key = walk(holder, path, self._contract)
            write(owner, key, value, self._contract)

        self._in_turn(work, zip(request["values"], made))
        return {}

    def _take(self, request, binary, out):
        holder = self._handles.get(request["handle"])

        def work():
            items = itertools.islice(iter(holder), request["count"])
            names = self._handles.parts_of(holder)
            items = (tuple(item) if names and type(item) is list else item for item in items)
            return {"items": [out.encode(item, request["keep"], names) for item in items]}

        return self._guarded(work)

    def _describe(self, request, binary, out):
        model = self._handles.get(request["handle"])
        if library is None or not library.is_model(model):
            raise GuestTrouble("threw", f"the {class_name(model)} is no model of a library")
        return self._guarded(lambda: {"description": library.describe(model, out.carry if request["weights"] else None)})

    def _seed(self, request, binary, out):
        self._seeds.begin(request["seed"])
        return {}

    def _release(self, request, binary, out):
        self._handles.release(request["handle"])
        return {}

    def _module(self, path):
        if self._modules is None:
            raise GuestTrouble("missing", f"{path} was not handed in")
        return self._modules.load(path)

    def _made(self, args, binary):
        return make_args(args, binary, self._handles, self._contract)

    def _as_own_models(self, target, entry):
        """Models for this function are built in the form of the one that the script hands it itself."""
        own = self._modules.own_model(target["module"], entry["modelsLike"], self._contract) if "modelsLike" in entry and "module" in target else None
        return contextlib.nullcontext() if own is None else library.like(own)

    def _guarded(self, work):
        """Runs what a program wrote; whatever it raises is told, a wish to end the process included."""
        try:
            return work()
        except GuestTrouble:
            raise
        except BaseException as raised:
            trouble = GuestTrouble("threw", "")
            trouble.trouble = describe(raised, self.paths)
            raise trouble from None

    def _in_turn(self, work, parts):
        """What each gives; of trouble with one it is said which it was."""
        given = []
        for number, part in enumerate(parts):
            try:
                given.append(self._guarded(lambda: work(part)))
            except GuestTrouble as raised:
                raised.trouble = {**raised.trouble, "part": number}
                raise
        return given

    def _noted(self, name, script):
        """Where a script's answer was found; what it said of its training is kept for the report, too."""
        found = cut(script.found_in, 180)
        called, told = cut(self._contract.called(name)[0], 180), script.settings[:MOST_TOLD]
        self._taken[name] = {"path": script.path, "name": called, "from": found, "told": told, "cells": script.cells[:CELL_CAP]}
        return found

    def _tell_inputs(self, returned, entry, args):
        """A model that has never seen an input gets one of as many columns as were asked for: nobody else could know."""
        columns = [arg for spec, arg in spread_out(entry, args) if spec.get("loader") == "columns"]
        if columns and library is not None and library.is_model(returned):
            library.tell_inputs(returned, columns[0])

    def _in_parts(self, returned, keep, entry):
        """A tuple that is kept inside is asked for its parts by name; of what gives items, the parts of each are named, too."""
        names = entry.get("returns", ())
        if keep == "handle" and type(returned) is tuple and names and len(returned) == len(names):
            returned = Record(zip(names, returned))
        if "yields" in entry:
            for part in returned.values() if isinstance(returned, dict) else [returned]:
                self._handles.keep_parts(part, entry["yields"])
        return returned


def _called(function, prints):
    """What it returns; where it returns nothing but prints what is asked, that, once or as often as it returns nothing in a list."""
    if prints is None:
        return _returned(function)
    with Listening() as heard:
        returned = _returned(function)
    nothings = type(returned) is list and len(returned) > 0 and all(item is None for item in returned)
    if nothings:
        return heard.numbers(prints, len(returned))
    return heard.numbers(prints) if returned is None else returned


def _returned(function):
    try:
        return settled(function())
    finally:
        stack_room.restore()


def _texts(modules, binary):
    texts, at = {}, 0
    for module in modules:
        texts[module["path"]] = binary[at : at + module["bytes"]].decode("utf-8", "replace")
        at += module["bytes"]
    return texts
