"""
Slips as people make them, as changes of a text of Python: run inside a sandbox by the audit, which has no parser of Python. Every
change replaces one expression whole.
"""

import ast
import json

ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.MatMult: ast.Mult}
COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
SWAPPED = {"sum": "mean", "mean": "sum", "max": "min", "min": "max", "argmax": "argmin", "zeros": "ones", "ones": "zeros",
           "exp": "sqrt", "log": "log10", "zeros_like": "ones_like"}
DROPPED = {"reshape", "copy", "transpose", "astype", "squeeze", "ravel", "flatten"}


def mutants(text):
    """All changes of the text as JSON: what was slipped at, from which letter to which, and what stands there then."""
    tree = ast.parse(text)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    lines = text.split("\n")

    def at(line, column):
        # Columns of a tree count bytes.
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr):
            continue
        start, end = at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)
        for operator, changed in _changes(node):
            replacement = ast.unparse(changed)
            found.append([operator, start, end, f"({replacement})" if _binds_loosely(changed) else replacement])
    return json.dumps(found)


def _binds_loosely(node):
    return isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp))


def _changes(node):
    if isinstance(node, ast.BinOp):
        other = ARITHMETIC.get(type(node.op))
        if other is not None:
            yield "operator", ast.BinOp(node.left, other(), node.right)
        if isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)):
            yield "left alone", node.left
        if isinstance(node.op, (ast.MatMult, ast.Sub, ast.Div)):
            yield "exchanged", ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield "sign", node.operand
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARED:
        yield "comparison", ast.Compare(node.left, [COMPARED[type(node.ops[0])]()], node.comparators)
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield "number", ast.Constant(node.value + 1)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "transpose", node.value
    elif isinstance(node, ast.Call):
        yield from _of_call(node)


def _of_call(node):
    function = node.func
    if isinstance(function, ast.Attribute):
        if function.attr in SWAPPED:
            yield "call", ast.Call(ast.Attribute(function.value, SWAPPED[function.attr]), node.args, node.keywords)
        if function.attr in DROPPED and not _is_module(function.value):
            yield "dropped call", function.value
    for i, keyword in enumerate(node.keywords):
        if keyword.arg in ("axis", "keepdims"):
            yield "keyword", ast.Call(function, node.args, node.keywords[:i] + node.keywords[i + 1 :])
    if len(node.args) == 2 and not any(isinstance(arg, ast.Starred) for arg in node.args):
        yield "exchanged", ast.Call(function, [node.args[1], node.args[0]], node.keywords)


def _is_module(node):
    return isinstance(node, ast.Name) and node.id in ("np", "numpy")
