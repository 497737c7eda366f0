"""
What the guest stands on: its own functions, and what they call of Python and of the modules beside them. Where the guest itself fails it
is asked whether all of that is what it was before a program ran: who has exchanged some of it spoiled the answer themselves.
"""

import builtins
import types

# Taken before any of the program's code runs.
_type = type
_items, _get = dict.items, dict.get
_code_of = types.FunctionType.__dict__["__code__"].__get__
_names_of = type.__dict__["__dict__"].__get__
_entries = types.MappingProxyType.get
_missing = object()


class Intact:
    """Of these modules, which are the guest's, what is called; `take` notes what it is, `replaced` says what is something else."""

    def __init__(self, own):
        self._own = [module for module in own if _type(module) is types.ModuleType]
        self._functions, self._classes, names = [], [], set()
        for module in self._own:
            self._note(vars(module), module.__name__, names)
        used = [item for module in self._own for item in vars(module).values() if isinstance(item, types.ModuleType)]
        self._used = [(module.__name__, vars(module), names) for module in {id(it): it for it in [builtins, *used]}.values()]
        self._spaces = []

    def take(self):
        """Called once all is in its place, before anything of a program is executed."""
        whole = [(module.__name__, vars(module), vars(module).keys()) for module in self._own]
        self._spaces = [
            (called, space, {name: space[name] for name in space.keys() & names if _is_called(space[name])})
            for called, space, names in [*self._used, *whole]
        ]

    def replaced(self):
        """The first thing that is not what it was, by its name; None where all of it is."""
        for called, space, kept in self._spaces:
            for name, item in _items(kept):
                if _get(space, name, _missing) is not item:
                    return f"{called}.{name}"
        for kind, called, kept in self._classes:
            now = _names_of(kind)
            for name, item in _items(kept):
                if _entries(now, name, _missing) is not item:
                    return f"{called}.{name}"
        for function, code in self._functions:
            if _code_of(function) is not code:
                return code.co_qualname
        return None

    def _note(self, space, module, names):
        for item in list(space.values()):
            item = item.__func__ if isinstance(item, (staticmethod, classmethod)) else item
            item = item.fget if isinstance(item, property) else item
            if isinstance(item, types.FunctionType) and item.__module__ == module:
                self._functions.append((item, item.__code__))
                _collect(item.__code__, names)
            elif isinstance(item, type) and item.__module__ == module:
                kept = {name: it for name, it in vars(item).items() if callable(it)}
                self._classes.append((item, item.__name__, kept))
                self._note(kept, module, names)


def _is_called(item):
    return callable(item) or isinstance(item, types.ModuleType)


def _collect(code, names):
    """The names that a function and those within it look up."""
    names.update(code.co_names)
    for inner in code.co_consts:
        if type(inner) is types.CodeType:
            _collect(inner, names)
