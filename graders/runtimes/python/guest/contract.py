"""
What the sheet calls things, and what a Python program calls them: the language adapter of an assignment
(assignments/<slug>/contract.python.json). Names are the checks' own; which of its names a program uses is found here.
"""

import inspect
import re

_signature = inspect.signature
_Parameter = inspect.Parameter


def snake(name):
    """`weightsBackward` as `weights_backward`, `dInput` as `d_input`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


class Contract:
    """Names in both directions, and how the arguments of a function are handed over."""

    def __init__(self, names=None):
        self.names = names or {}
        self._sheet = {}
        for name, entry in self.names.items():
            short = name.split(".")[-1]
            for called in [*entry.get("called", []), short, snake(short)]:
                self._sheet.setdefault(called, short)

    def called(self, name):
        """What a program may call this, best first."""
        entry = self.names.get(name, {})
        return list(dict.fromkeys([*entry.get("called", []), name, snake(name)]))

    def sheet_name(self, called):
        """What the sheet calls a field or method of a program."""
        return self._sheet.get(called, called)

    def entry(self, name, owner=None):
        """What is said of a function; `owner` is the sheet's name of the class whose method it is."""
        own = self.names.get(f"{owner}.{name}") if owner else None
        return own if own is not None else self.names.get(name, {})


def bind(function, entry, args):
    """
    Positional and keyword arguments for `function`: by its parameters' names where all that it needs are known, otherwise in
    the sheet's order, without those it may leave out.
    """
    takes = entry.get("takes", [])
    parts = [(takes[i] if i < len(takes) else {}, arg) for i, arg in enumerate(args)]
    spread = []
    for spec, arg in parts:
        arg = converted(arg, spec.get("as"))
        if spec.get("as") == "keywords" and type(arg) is dict:
            options = {option["name"]: option for option in spec.get("options", [])}
            spread.extend(_option(options, key, item) for key, item in arg.items())
        else:
            spread.append((spec, arg))
    try:
        parameters = list(_signature(function).parameters.values())
    except (ValueError, TypeError):
        return [arg for _, arg in spread], {}
    return _by_name(parameters, spread) or _in_order(parameters, spread)


def _option(options, key, item):
    spec = options.get(key, {"name": key, "optional": True})
    return spec, converted(item, spec.get("as"))


def converted(arg, kind):
    """The checks know one kind of number; what a program of Python would be handed has several."""
    if kind == "float" and type(arg) is int:
        return float(arg)
    if kind == "integer" and type(arg) is float and arg.is_integer():
        return int(arg)
    if kind in ("list", "list of integers", "array of integers") and hasattr(arg, "tolist"):
        if kind == "list":
            return arg.tolist()
        whole = arg.astype("int64")
        return whole.tolist() if kind == "list of integers" else whole
    return arg


def _by_name(parameters, spread):
    if any(p.kind in (_Parameter.VAR_POSITIONAL, _Parameter.POSITIONAL_ONLY) for p in parameters):
        return None
    free = {_plain(p.name): p for p in parameters if p.kind is not _Parameter.VAR_KEYWORD}
    keywords = {}
    for spec, arg in spread:
        names = [spec["name"], *spec.get("also", [])] if "name" in spec else []
        found = next((free.pop(_plain(name)) for name in names if _plain(name) in free), None)
        if found is not None:
            keywords[found.name] = arg
        elif not spec.get("optional"):
            return None
    if any(p.default is _Parameter.empty for p in free.values()):
        return None
    return [], keywords


def _in_order(parameters, spread):
    """Keyword-only parameters get what the sheet hands over by name; all others what comes next."""
    many = any(p.kind is _Parameter.VAR_POSITIONAL for p in parameters)
    only = {_plain(p.name): p.name for p in parameters if p.kind is _Parameter.KEYWORD_ONLY}
    keywords, positional = {}, []
    for spec, arg in spread:
        names = [spec["name"], *spec.get("also", [])] if "name" in spec else []
        found = next((only[_plain(name)] for name in names if _plain(name) in only), None)
        if found is None:
            positional.append((spec, arg))
        else:
            keywords[found] = arg
    room = sum(p.kind in (_Parameter.POSITIONAL_ONLY, _Parameter.POSITIONAL_OR_KEYWORD) for p in parameters)
    for spec, arg in reversed(positional[:]):
        if many or len(positional) <= room:
            break
        if spec.get("optional"):
            positional = [part for part in positional if part[1] is not arg]
    return [arg for _, arg in positional], keywords


def _plain(name):
    return name.replace("_", "").lower()
