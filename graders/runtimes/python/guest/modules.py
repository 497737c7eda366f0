"""The program's modules: texts by path, executed when first needed, importing each other and what is there."""

import importlib.machinery
import linecache
import sys
import types

import stand_ins
import stubs
from cells import Unreadable, is_notebook
from differences import Difference
from formed import Formed
from libraries import library
from notebook import Notebook
from own_builtins import own_builtins
from plots_run import PlotsRun
from plotted_histogram import PlottedHistogram
from script import Script
from script_run import ScriptCells
from training_calls import TrainingCalls
from trouble import GuestTrouble, describe


# By what the contract says of a name: what of a script stands for the function.
STANDING = {
    "formed": Formed,
    "differenceOf": Difference,
    "runs": TrainingCalls,
    **dict.fromkeys(("value", "values", "performs", "network"), Script),
}


class Modules:
    """Finds and executes the modules of one submission. Nothing is executed before it is asked for."""

    def __init__(self, texts, asked=(), provides=None, held=frozenset(), notebooks=None):
        self.paths = set(texts)
        self._asked, self._held, self._notebooks, self._loaded = list(asked), held, dict(notebooks or {}), {}
        self._texts = texts
        # What the grader gives in the place of a package's module comes before any of that name.
        self._by_name = {**{_name_of(path): path for path in texts}, **(provides or {})}
        stand_ins.take_over(provides or {})
        self._builtins = own_builtins()
        self._failed, self._kept, self._scripts, self._own_models = {}, {}, {}, {}
        sys.meta_path.insert(0, _Finder(self))
        sys.meta_path.append(_Folders(self))
        sys.meta_path.append(stubs.Finder(self._by_name))

    def load(self, path):
        """The module at `path`; raises GuestTrouble when it is absent or raises while it is executed."""
        if path in self._failed:
            raise self._failed[path]
        if _file_of(path) not in self._texts:
            raise GuestTrouble("missing", f"{path} was not handed in")
        try:
            return self.module(_name_of(path), path)
        except BaseException as raised:
            trouble = GuestTrouble("threw", "")
            trouble.trouble = {**describe(raised, self.paths), "loading": _file_of(path)}
            self._failed[path] = trouble
            raise trouble from None

    def module(self, name, path):
        """The module of this name, executed once."""
        known = sys.modules.get(name)
        if known is not None and getattr(known, "__file__", None) == path:
            return known
        module = types.ModuleType(name)
        module.__file__, module.__builtins__ = path, self._builtins
        module.__spec__ = _spec(name, None, path)
        if module.__spec__.submodule_search_locations is not None:
            module.__path__ = []
        sys.modules[name] = module
        try:
            self.execute(module)
        except BaseException:
            sys.modules.pop(name, None)
            raise
        return module

    def execute(self, module):
        path = module.__file__
        text = self._texts[_file_of(path)]
        self._loaded[path] = module
        if is_notebook(_file_of(path), text):
            return self._run(module, self._notebook(path))
        linecache.cache[path] = (len(text), None, text.splitlines(True), path)
        exec(compile(text, path, "exec", dont_inherit=True), module.__dict__)

    def _run(self, module, notebook):
        self.cells_known(notebook)
        module.__dict__["__name__"] = "__main__"
        notebook.run(module.__dict__)

    def cells_known(self, notebook):
        for cell in notebook.cells:
            self.paths.add(cell.path)
            linecache.cache[cell.path] = (len(cell.source), None, cell.source.splitlines(True), cell.path)

    def _notebook(self, path):
        """The file as cells, read once; of a plain program all of it is one."""
        if path not in self._notebooks:
            self._notebooks[path] = self._read(path, self._asked)
        return self._notebooks[path]

    def _read(self, path, asked):
        file, _, cell = path.partition("@")
        try:
            return Notebook(file, self._texts[file], asked, int(cell) if cell else None, self._held)
        except (Unreadable, SyntaxError) as error:
            raise GuestTrouble("threw", f"{file} cannot be read: {error}") from None

    def loaded(self):
        """The modules that have been executed, or are being so."""
        return list(self._loaded.values())

    def defined(self, name, contract):
        """What the program calls a thing of the sheet, wherever it is defined; None where nothing is."""
        spaces = [vars(module) for module in self._loaded.values()]
        return next((space[called] for space in spaces for called in contract.called(name) if called in space), None)

    def script_for(self, path, name, contract):
        """What of the file's statements stands for this function of the sheet; None where nothing does."""
        entry = contract.entry(name)
        if "plotted" in entry:
            histogram = PlottedHistogram(self._notebook(path), entry)
            return histogram if histogram.answers() else None
        stands = next((kind for key, kind in STANDING.items() if key in entry), None)
        if stands is None:
            return None
        found = stands(self._script_cells(path, contract), name, contract)
        return found if found.answers() else None

    def own_model(self, path, name, contract):
        """The model that the file itself hands over where this function's is asked for, made once; None where functions do all of it."""
        if (path, name) not in self._own_models:
            called = contract.entry(name)["usedIn"]["value"]["call"]
            script = None if self.defined(called, contract) else self.script_for(path, name, contract)
            try:
                held = None if script is None else script()
            except Exception:
                held = None
            self._own_models[path, name] = held if library is not None and library.is_model(held) else None
        return self._own_models[path, name]

    def compiled(self, path, name, made, args, contract):
        """
        A model that a function of this file made; where it is not compiled, the one that the file compiles after that, or trains in
        a loop of its own, if there is one.
        """
        entry = contract.entry(name)
        if library is None or not {"usedIn", "value"} <= set(entry) or not library.is_model(made) or library.optimizer_of(made) is not None:
            return made
        script = self.script_for(path, name, contract)
        try:
            held = None if script is None else script(*args)
        except Exception:
            return made
        return held if held is not None and library.is_model(held) and library.optimizer_of(held) is not None else made

    def _script_cells(self, path, contract):
        if path not in self._scripts:
            self._scripts[path] = ScriptCells(self._notebook(path), self, path, contract)
        return self._scripts[path]

    def statements_of(self, path):
        """The statements of a file of cells; none of any other."""
        file = _file_of(path)
        return self._notebook(path).statements if is_notebook(file, self._texts.get(file, "")) else []

    def kept_as(self, path, names, contract):
        """What the program's own cells make of a variable that it keeps under one of these names; None where they make none."""
        key = tuple(names)
        if path is None or key in self._kept:
            return self._kept.get(key)
        self._kept[key] = None
        for name, entry in contract.names.items():
            part = next((part for part, called in entry.get("values", {}).items() if set(called) & set(names)), None)
            script = self.script_for(path, name, contract) if part is not None else None
            if script is None:
                continue
            try:
                self._kept[key] = script()[part]
            except BaseException:
                continue
        return self._kept[key]

    def plots_of(self, path, entry):
        """What runs all plots of a file of cells; raises GuestTrouble where it is none."""
        file = _file_of(path)
        if not is_notebook(file, self._texts.get(file, "")):
            raise GuestTrouble("missing", f"{file} has no cells")
        return PlotsRun(self._notebook(file), self, entry)

    def lost(self, path, names):
        """What was raised where one of these names would have been bound, if that is why it is not there."""
        notebook = self._notebooks.get(path)
        return next((notebook.lost[name] for name in names if name in notebook.lost), None) if notebook else None

    def seen(self):
        """Of each notebook that was run: which of its cells raised what."""
        return [
            {"path": path.partition("@")[0], "cell": cell, "trouble": trouble}
            for path, notebook in self._notebooks.items()
            for cell, trouble in notebook.raised.items()
        ]

    def draw(self, lengthy):
        """Draws what every notebook draws, each in a module of its own: what the asked names have become is of no account."""
        for path, text in self._texts.items():
            if is_notebook(path, text):
                module = types.ModuleType("__main__")
                module.__file__ = path
                self.cells_known(self._notebook(path))
                self._notebook(path).draw(module.__dict__, lengthy)

    def path_of(self, name):
        return self._by_name.get(name)

    def is_given(self, name):
        """Whether all that there is of a package stands in for its loaders."""
        return all(file in stand_ins.MODULES for own, file in self._by_name.items() if own.startswith(f"{name}."))

    def is_folder(self, name):
        """Whether modules of the submission lie in a folder of this name."""
        return any(own.startswith(f"{name}.") for own in self._by_name)


class _Finder:
    """Modules of the submission come first, as they do where a program is started from its own folder."""

    def __init__(self, modules):
        self._modules = modules

    def find_spec(self, name, path=None, target=None):
        own = self._modules.path_of(name)
        if own is None:
            return None
        return stand_ins.spec(name, own) or _spec(name, self, own)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__file__ = module.__spec__.origin
        self._modules.execute(module)


class _Folders:
    """A folder of modules without an `__init__.py` is a package, where nothing else has its name."""

    def __init__(self, modules):
        self._modules = modules

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if self._modules.is_folder(name) else None

    def create_module(self, spec):
        # Of a package in which only loaders are given all else is absent.
        return stubs.Stub(spec.name) if self._modules.is_given(spec.name) else None

    def exec_module(self, module):
        return None


def _spec(name, loader, path):
    """With what relative imports in the file at `path` go by."""
    return importlib.machinery.ModuleSpec(name, loader, origin=path, is_package=path.endswith("/__init__.py"))


def _file_of(path):
    """Of `homework.ipynb@12`, which is the notebook up to its twelfth cell, the file."""
    return path.partition("@")[0]


def _name_of(path):
    """`lib/helpers.py` as `lib.helpers`."""
    return path.removesuffix(".ipynb").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
