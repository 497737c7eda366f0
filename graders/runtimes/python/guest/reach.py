"""Finds what a request addresses: a name of a module, a kept object, its method, an attribute at the end of a path."""

import re

import stand_ins
from held import FixedFunction, has_other_parameters, takes_nothing
from libraries import library
from look import MISSING, class_name, keys_of
from made_with import made_with
from trouble import GuestTrouble, cut

try:
    import numpy
except ImportError:
    numpy = None

GRADIENTS = re.compile(r"grad|^d[A-Z_]|delta|cache|tape", re.I)


def kind_of(x):
    """`class`, `function`, `array`, `number` … in the words of Python."""
    if isinstance(x, type):
        return "class"
    if callable(x):
        return "function"
    if x is None:
        return "None"
    return "number" if type(x) in (int, float) else class_name(x)


def exported(module, path, name, contract, modules):
    """What a module defines under this name of the sheet; raises what it defines instead."""
    names, entry = vars(module), contract.names.get(name, {})
    found = [names[called] for called in contract.called(name) if called in names and not stand_ins.is_one(names[called])]
    if found and callable(found[0]) and not (has_other_parameters(found[0], entry) and modules.script_for(path, name, contract) is not None):
        return FixedFunction(found[0], entry) if "values" in entry and takes_nothing(found[0], entry) else found[0]
    made = made_with(modules.statements_of(path), names, entry["madeWith"], contract) if "madeWith" in entry and not found else None
    if made is not None:
        return made
    script = modules.script_for(path, name, contract)
    if script is not None or found:
        return found[0] if script is None else script
    raised = modules.lost(path, contract.called(name))
    if raised is not None:
        raise raised
    path = path.partition("@")[0]
    own = [key for key in names if not key.startswith("_") and getattr(names[key], "__module__", None) in (None, module.__name__)]
    others = f"it defines {', '.join(own[:20])}" if own else "it defines nothing"
    raise GuestTrouble("missing", cut(f"{path} does not define {contract.called(name)[0]}; {others}"))


def function_of(target, load, handles, contract, modules, instead):
    """
    The callable that a request addresses, with the sheet's name of it and of the class that it belongs to; `instead` finds what of an
    object does the work of a method that it lacks.
    """
    if "module" in target:
        if "draws" in contract.entry(target["name"]):
            return modules.plots_of(target["module"], contract.entry(target["name"])), target["name"], None
        found = exported(load(target["module"]), target["module"], target["name"], contract, modules)
        if not callable(found):
            said = f"{target['module'].partition('@')[0]} defines {contract.called(target['name'])[0]}, but it is a {kind_of(found)}, not a function"
            raise GuestTrouble("missing", said)
        return found, target["name"], None
    holder = handles.get(target["handle"])
    if target.get("method") is None:
        return holder, "", None
    if library is not None and (library.is_model(holder) or library.is_tensor(holder)):
        asked = library.method(holder, target["method"])
        if asked is not None:
            return asked, target["method"], None
    owner, key = walk(holder, target["method"], contract)
    found = read(owner, key, contract)
    if found is not MISSING and callable(found):
        return found, key, contract.sheet_name(class_name(owner))
    sheet_owner = contract.sheet_name(class_name(owner))
    other = instead(owner, contract.entry(key, sheet_owner), contract)
    if other is not None:
        return other, key, sheet_owner
    names = ", ".join(dict.fromkeys(k for k in keys_of(owner, contract))) or "nothing"
    said = f"the {class_name(owner)} has no {contract.called(key)[0]}; it has {names}"
    raise GuestTrouble("missing", cut(said))


def walk(holder, path, contract):
    """The object and the last key of a dotted path."""
    *front, last = path.split(".")
    for key in front:
        inner = read(holder, key, contract)
        if inner is MISSING or inner is None:
            raise GuestTrouble("missing", f"the {class_name(holder)} has no {path}")
        holder = inner
    return holder, last


def read(owner, key, contract):
    """What stands under a key: an entry of a dictionary or list, the length of either, an attribute under any of its names."""
    if isinstance(owner, (list, tuple)) or _is_array(owner):
        if key == "length":
            return len(owner)
        if key.isdigit():
            return owner[int(key)] if int(key) < len(owner) else MISSING
        if key == "data" and _is_array(owner):
            return owner
    if key == "constructor":
        return type(owner)
    for called in _names(owner, key, contract):
        if isinstance(owner, dict):
            if called in owner:
                return owner[called]
            continue
        try:
            return getattr(owner, called)
        except AttributeError:
            continue
    kept = _kept_in(owner, key, contract)
    return MISSING if kept is None else kept[0][kept[1]]


def _kept_in(owner, key, contract):
    """Where an object keeps its parts in a dictionary (`self.params["W"]`): that, and the entry of this name; gradients are no parts."""
    if type(owner) in (dict, list, tuple) or isinstance(owner, type) or _is_array(owner):
        return None
    for attribute, held in getattr(owner, "__dict__", {}).items():
        if type(held) is dict and not GRADIENTS.search(attribute):
            name = next((called for called in _names(owner, key, contract) if called in held), None)
            if name is not None:
                return held, name
    return None


def write(owner, key, value, contract):
    """Writes an attribute or entry, under the name that is there already."""
    if isinstance(owner, list) and key.isdigit():
        owner[int(key)] = value
        return
    kept = None if isinstance(owner, dict) else _kept_in(owner, key, contract)
    if kept is not None and all(read_exactly(owner, called) is MISSING for called in _names(owner, key, contract)):
        owner, key = kept
    held = [called for called in _names(owner, key, contract) if read_exactly(owner, called) is not MISSING]
    called = held[0] if held else contract.called(key)[0]
    value = _shaped_as(read_exactly(owner, called), value)
    if isinstance(owner, dict):
        owner[called] = value
    else:
        setattr(owner, called, value)


def _shaped_as(held, value):
    """Numbers in the shape that the program keeps them in: n biases may be its row of 1 × n."""
    if not (_is_array(held) and _is_array(value)) or held.shape == value.shape:
        return value
    return value.reshape(held.shape) if numpy.squeeze(held).shape == numpy.squeeze(value).shape else value


def read_exactly(owner, called):
    if isinstance(owner, dict):
        return owner.get(called, MISSING)
    try:
        return getattr(owner, called)
    except AttributeError:
        return MISSING


def _names(owner, key, contract):
    return contract.called_in(class_name(owner), key)


def _is_array(x):
    return numpy is not None and isinstance(x, numpy.ndarray)
