"""
A class of the sheet that a script does not define, since another one does its work with one argument: a perceptron that is made
with the rectifier. Known by the call that makes it; or by its last definition, where that was changed in its place.
"""

import ast
import functools
import inspect


def made_with(statements, names, entry, contract):
    """What makes it, from the names of the module; None where the script makes none."""
    classes, parts = contract.called(entry["class"]), contract.called(entry["with"])
    for statement in reversed(statements):
        for call in (node for node in ast.walk(statement.node) if isinstance(node, ast.Call)):
            called = call.func.id if isinstance(call.func, ast.Name) else None
            if called not in classes or called not in names:
                continue
            found = _argument(call, parts, names[called])
            if found is not None:
                name, node = found
                value = node.value if isinstance(node, ast.Constant) else names.get(node.id)
                return functools.partial(names[called], **{name: value})
    defined = [one.node for one in statements if isinstance(one.node, ast.ClassDef) and one.node.name in classes]
    changed = len(defined) > 1 and any(isinstance(part, ast.Name) and part.id in parts for part in ast.walk(defined[-1]))
    return names.get(defined[-1].name) if changed else None


def _argument(call, parts, made):
    """The parameter that is handed the part, or a text that names it, and the expression."""
    try:
        parameters = list(inspect.signature(made).parameters)
    except (ValueError, TypeError):
        return None
    handed = [*zip(parameters, call.args), *((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)]
    return next((pair for pair in handed if _is_one_of(pair[1], parts)), None)


def _is_one_of(node, parts):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return any(part.lower().endswith(node.value.lower()) for part in parts) and len(node.value) > 2
    return isinstance(node, ast.Name) and node.id in parts
