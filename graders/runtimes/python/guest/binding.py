"""
Hands arguments over as the program's function takes them: by the names of its parameters where they are known, otherwise in the
sheet's order. What a sheet keeps in global variables is set apart, for a function that has no parameter for it.
"""

import inspect
import types

from contract import snake
from own_sizes import apart

_signature = inspect.signature
_Parameter = inspect.Parameter
_Function, _Method = types.FunctionType, types.MethodType
_known = {}
POSITIONAL = (_Parameter.POSITIONAL_ONLY, _Parameter.POSITIONAL_OR_KEYWORD)


def bind(function, entry, args, find=None):
    """
    Positional arguments, keyword arguments, and what becomes global variables (pairs of what the contract says and the
    argument), for `function`. `find` gives what the program calls a thing of the sheet, where one is made for a parameter.
    """
    spread = spread_out(entry, args)
    if not spread:
        return [], {}, []
    try:
        parameters = parameters_of(function)
    except (ValueError, TypeError):
        return [arg for _, arg in spread], {}, []
    spread = _opened(parameters, spread)
    own = [(spec, arg) for spec, arg in spread if not spec.get("global") or _takes(parameters, spec)]
    shared = [(spec, arg) for spec, arg in spread if spec.get("global") and not _takes(parameters, spec)]
    own = _sized(parameters, _parted(parameters, own))
    by_name = _by_name(parameters, own, _made_for(parameters, entry, find))
    if by_name is not None:
        return *by_name, shared
    if shared and sum(p.kind in POSITIONAL for p in parameters) >= len(spread):
        own, shared = spread, []
    positional, keywords = _in_order(parameters, own)
    return positional, {**_always(parameters[len(positional) :], entry), **keywords}, shared


def parameters_of(function):
    """Found out once for a plain function, as long as it is the same: a method is asked a hundred times."""
    if isinstance(function, type):
        return _parameters_of_class(function)
    plain = function.__func__ if type(function) is _Method else function
    if type(plain) is not _Function or plain.__dict__:
        return list(_signature(function).parameters.values())
    form = plain.__code__, plain.__defaults__, plain.__kwdefaults__
    key = plain, plain is function
    known = _known.get(key)
    if known is None or any(a is not b for a, b in zip(known[0], form)):
        known = _known[key] = form, list(_signature(function).parameters.values())
    return known[1]


def _parameters_of_class(own):
    """Those of the class above where a class passes on whatever it gets: `def __init__(self, *args, **options)`."""
    for above in own.__mro__[:-1]:
        found = list(_signature(above).parameters.values())
        if not found or any(parameter.kind in (*POSITIONAL, _Parameter.KEYWORD_ONLY) for parameter in found):
            return found
    return list(_signature(own).parameters.values())


def spread_out(entry, args):
    """Each argument beside what the contract says of it; a record that is handed over by keyword as its entries."""
    takes, spread = entry.get("takes", []), []
    for i, arg in enumerate(args):
        spec = takes[i] if i < len(takes) else {}
        arg = converted(arg, spec.get("as"))
        if spec.get("as") == "keywords" and isinstance(arg, dict):
            options = {plain(option["name"]): option for option in spec.get("options", [])}
            spread.extend(_option(options, key, item) for key, item in arg.items())
        else:
            spread.append((spec, arg))
    return spread


def _option(options, key, item):
    spec = options.get(plain(key), {"name": key, "optional": True})
    return spec, converted(item, spec.get("as"))


def converted(arg, kind):
    """The checks know one kind of number; what a program of Python would be handed has several."""
    if kind == "float" and type(arg) is int:
        return float(arg)
    if kind == "numpy float" and type(arg) in (int, float):
        import numpy

        return numpy.float64(arg)
    if kind == "integer" and type(arg) is float and arg.is_integer():
        return int(arg)
    if kind in ("list", "list of integers", "array of integers") and hasattr(arg, "tolist"):
        if kind == "list":
            return arg.tolist()
        whole = arg.astype("int64")
        return whole.tolist() if kind == "list of integers" else whole
    if kind == "row" and getattr(arg, "ndim", None) == 1:
        return arg.reshape(1, -1)
    return arg


def names_of(spec):
    """What the contract calls a parameter, best first."""
    return [spec["name"], *spec.get("also", [])] if "name" in spec else []


def is_taken(function, spec):
    """Whether a function has a parameter for this; a callable that says nothing of its parameters is taken to."""
    try:
        return _takes(_signature(function).parameters.values(), spec)
    except (ValueError, TypeError):
        return True


def _takes(parameters, spec):
    known = {plain(p.name) for p in parameters if p.kind is not _Parameter.VAR_POSITIONAL}
    return any(plain(name) in known for name in names_of(spec))


def _opened(parameters, spread):
    """With the entries of a record in its place, where the program has a parameter for each of them and none for it."""
    opened = []
    for spec, arg in spread:
        options = {option["name"]: option for option in spec.get("options", ())}
        parts = [(options[key], item) for key, item in arg.items() if key in options] if isinstance(arg, dict) and not _takes(parameters, spec) else []
        opened += parts if parts and all(_takes(parameters, option) for option, _ in parts) else [(spec, arg)]
    return opened


def _parted(parameters, own):
    """Pairs as two arrays, where the program has a parameter for each of both."""
    parted = []
    for spec, arg in own:
        parts = [next((p.name for p in parameters if plain(p.name) in map(plain, names_of(part))), None) for part in spec.get("apart", ())]
        if parts and None not in parts and isinstance(arg, list):
            parted += [({"name": name}, _stacked([pair[i] for pair in arg])) for i, name in enumerate(parts)]
        else:
            parted.append((spec, arg))
    return parted


def _stacked(items):
    import numpy

    return numpy.array(items)


def _sized(parameters, own):
    """With a list of sizes in the parts that the program takes, where it takes no list of all of them."""
    several = any(p.kind is _Parameter.VAR_POSITIONAL for p in parameters)
    for at, (spec, arg) in enumerate(own):
        if spec.get("as") != "list of integers" or not isinstance(arg, list):
            continue
        plainly = [p for p in parameters if p.kind is not _Parameter.VAR_POSITIONAL]
        listed = next((plain(p.name) for p in plainly if plain(p.name) in map(plain, names_of(spec))), None)
        if listed is None and several and not any(p.kind in POSITIONAL for p in parameters):
            # What may be left out has no place among sizes that are handed over one by one.
            return [({}, size) for size in arg] + [pair for pair in own[at + 1 :] if not pair[0].get("optional")]
        parts = apart([plain(p.name) for p in parameters], arg, listed)
        if parts:
            own = [*own[:at], *(({"name": name}, part) for name, part in parts.items()), *own[at + 1 :]]
    return own


def _made_for(parameters, entry, find):
    """By the names of parameters, what the sheet hands over nowhere and the program makes itself, such as its loss."""
    specs = [spec for spec in entry.get("takes", []) if "makes" in spec] if find is not None else []
    made = _always(parameters, entry)
    for parameter in parameters:
        spec = next((spec for spec in specs if plain(parameter.name) in map(plain, names_of(spec))), None)
        own = find(spec["makes"]) if spec is not None and parameter.default is _Parameter.empty else None
        if isinstance(own, type):
            made[parameter.name] = own()
    return made


def _always(parameters, entry):
    """What is set in any case, such as whether something is printed, for those of these parameters that have such a name."""
    return {p.name: entry["always"][p.name] for p in parameters if p.name in entry.get("always", ())}


def _by_name(parameters, spread, made):
    if any(p.kind in (_Parameter.VAR_POSITIONAL, _Parameter.POSITIONAL_ONLY) for p in parameters):
        return None
    free = {plain(p.name): p for p in parameters if p.kind is not _Parameter.VAR_KEYWORD}
    takes_any = any(p.kind is _Parameter.VAR_KEYWORD for p in parameters)
    keywords = dict(made)
    for name in made:
        free.pop(plain(name))
    for spec, arg in spread:
        found = next((free.pop(plain(name)) for name in names_of(spec) if plain(name) in free), None)
        if found is not None:
            keywords[found.name] = arg
        elif takes_any and names_of(spec):
            # `**options` gets it under the name that the page of names gives it.
            keywords[snake(spec["name"])] = arg
        elif not spec.get("optional"):
            return None
    if any(p.default is _Parameter.empty for p in free.values()):
        return None
    return _by_place(parameters, keywords), keywords


def _by_place(parameters, keywords):
    """Takes out of `keywords` what stands first in the signature: some functions dispatch on the place of an argument."""
    positional = []
    for parameter in parameters:
        if parameter.kind is not _Parameter.POSITIONAL_OR_KEYWORD or parameter.name not in keywords:
            break
        positional.append(keywords.pop(parameter.name))
    return positional


def _in_order(parameters, spread):
    """Keyword-only parameters get what the sheet hands over by name; all others what comes next."""
    many = any(p.kind is _Parameter.VAR_POSITIONAL for p in parameters)
    only = {plain(p.name): p.name for p in parameters if p.kind is _Parameter.KEYWORD_ONLY}
    keywords, positional = {}, []
    for spec, arg in spread:
        found = next((only[plain(name)] for name in names_of(spec) if plain(name) in only), None)
        if found is None:
            positional.append((spec, arg))
        else:
            keywords[found] = arg
    room = sum(p.kind in POSITIONAL for p in parameters)
    for spec, arg in reversed(positional[:]):
        if many or len(positional) <= room:
            break
        if spec.get("optional"):
            positional = [part for part in positional if part[1] is not arg]
    if not many and len(positional) > room:
        # A parameter that has to be named, and of which no name is known: it gets what comes next.
        unnamed = [name for name in only.values() if name not in keywords]
        keywords.update(zip(unnamed, (arg for _, arg in positional[room:])))
        positional = positional[:room] + positional[room + len(unnamed) :]
    return [arg for _, arg in positional], keywords


def plain(name):
    return name.replace("_", "").lower()
