"""Variables, and entries of dictionaries, whose names are like what is looked for: a script may call its curves as it likes."""

import ast
import re

from binding import plain
from unfolding import own_name

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
PLACE = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}


def named_like(statements, like, is_one=False):
    """
    Expressions that read them, in the order in which they are bound; what is begun with a number or computed by an operator is
    a number, and no curve. One number may be computed where it is printed, beside words that are like it.
    """
    wanted, found, numbers, lists = re.compile(like), {}, set(), set()
    for statement in statements:
        if isinstance(statement.node, FUNCTIONS):
            continue
        for part in ast.walk(statement.node):
            if isinstance(part, ast.Assign) and _is_number(part.value):
                numbers |= {target.id for target in part.targets if isinstance(target, ast.Name)}
            if isinstance(part, ast.Assign) and isinstance(part.value, (ast.List, ast.Tuple)):
                lists |= _lists_of(part)
        for name in statement.binds:
            if wanted.search(plain(own_name(name))):
                found[name] = _read(name)
        for name, key in _entries(statement.node):
            if wanted.search(plain(key)):
                found[name, key] = ast.Subscript(_read(name), ast.Constant(key, **PLACE), ast.Load(), **PLACE)
    if is_one:
        one = [node for name, node in found.items() if name not in lists]
        printed = [node for statement in statements for node in _printed(statement.node, wanted)]
        return one or printed or [ast.Subscript(node, ast.Constant(-1, **PLACE), ast.Load(), **PLACE) for node in found.values()]
    return [node for name, node in found.items() if name not in numbers]


def _read(name):
    return ast.Name(name, ast.Load(), **PLACE)


def _lists_of(node):
    """The names that an assignment binds to lists that are written there, one by one or side by side."""
    pairs = [(target, node.value) for target in node.targets]
    if isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
        pairs = zip(node.targets[0].elts, node.value.elts)
    return {target.id for target, value in pairs if isinstance(target, ast.Name) and isinstance(value, ast.List)}


def _is_number(node):
    return isinstance(node, ast.BinOp) or (isinstance(node, ast.Constant) and type(node.value) in (int, float))


def _entries(node):
    """Of dictionaries that a statement makes, the names of the variables with the keys that are written there."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and isinstance(node.targets[0], ast.Name):
        keys = [key.value for key in node.value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        return [(node.targets[0].id, key) for key in keys]
    return []


def _printed(node, wanted):
    """The quotient that is printed, where what is printed beside it is like what is looked for."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print"):
        return []
    parts = list(ast.walk(call))
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if not any(wanted.search(plain(text)) for text in texts):
        return []
    quotients = [part for part in parts if isinstance(part, ast.BinOp) and _divides(part)]
    return quotients[:1] or [part for part in _shown(call) if isinstance(part, (ast.Call, ast.Name, ast.Subscript, ast.Attribute, ast.BinOp))][:1]


def _shown(call):
    """What a call shows, texts aside: its arguments, what is filled into a text, and what `%` or `format` put there."""
    for arg in call.args:
        if isinstance(arg, ast.JoinedStr):
            yield from (part.value for part in arg.values if isinstance(part, ast.FormattedValue))
        elif isinstance(arg, ast.BinOp) and isinstance(arg.op, ast.Mod) and isinstance(arg.left, ast.Constant):
            yield from arg.right.elts if isinstance(arg.right, ast.Tuple) else [arg.right]
        elif isinstance(arg, ast.Call) and isinstance(arg.func, ast.Attribute) and arg.func.attr == "format":
            yield from arg.args
        elif not isinstance(arg, ast.Constant):
            yield arg


def _divides(node):
    """Whether numbers are divided there, be it within a product."""
    if isinstance(node.op, ast.Mult):
        return any(isinstance(side, ast.BinOp) and _divides(side) for side in (node.left, node.right))
    return isinstance(node.op, ast.Div)
