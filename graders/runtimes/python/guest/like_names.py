"""Variables, and entries of dictionaries, whose names are like what is looked for: a script may call its curves as it likes."""

import ast
import re

from binding import plain
from unfolding import own_name

PLACE = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}


def named_like(statements, like, is_one=False):
    """
    Expressions that read them, in the order in which they are bound; what is begun with a number or computed by an operator is
    a number, and no curve. One number may be computed where it is printed, beside words that are like it.
    """
    wanted, found, numbers = re.compile(like), {}, set()
    for statement in statements:
        for part in ast.walk(statement.node):
            if isinstance(part, ast.Assign) and _is_number(part.value):
                numbers |= {target.id for target in part.targets if isinstance(target, ast.Name)}
        for name in statement.binds:
            if wanted.search(plain(own_name(name))):
                found[name] = _read(name)
        for name, key in _entries(statement.node):
            if wanted.search(plain(key)):
                found[name, key] = ast.Subscript(_read(name), ast.Constant(key, **PLACE), ast.Load(), **PLACE)
    if is_one:
        return list(found.values()) or [node for statement in statements for node in _printed(statement.node, wanted)]
    return [node for name, node in found.items() if name not in numbers]


def _read(name):
    return ast.Name(name, ast.Load(), **PLACE)


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
    return quotients[:1]


def _divides(node):
    """Whether numbers are divided there, be it within a product."""
    if isinstance(node.op, ast.Mult):
        return any(isinstance(side, ast.BinOp) and _divides(side) for side in (node.left, node.right))
    return isinstance(node.op, ast.Div)
