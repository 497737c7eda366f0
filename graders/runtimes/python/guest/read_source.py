"""
Reads a file of a program without running it, with CPython's own parser: whether it can be read at all, what it imports, what
it defines, what is left to do. Facts only; what follows from them is the grader's to say.
"""

import ast
import io
import re
import tokenize
import warnings

from aliases import Aliases, dotted
from cells import Unreadable, headings_of, is_notebook
from notebook import Notebook
from trouble import cut

MOST = 200
LEFT = re.compile("TODO|FIXME")
CELLS = 2000


def read(path, text, asked=(), notebooks=None):
    """
    The facts of one file. A file that cannot be parsed has nothing but its syntax error; of a notebook a cell may not. What
    was read as cells is kept in `notebooks`.
    """
    if is_notebook(path, text):
        return _read_cells(path, text, asked, {} if notebooks is None else notebooks)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, path)
    except SyntaxError as error:
        place = {"line": max(1, error.lineno or 1), "column": max(1, error.offset or 1)}
        return {"path": path, "syntax": {"message": cut(str(error.msg), 300), **place}}
    except (ValueError, MemoryError, RecursionError) as error:
        return {"path": path, "syntax": {"message": cut(f"{type(error).__name__}: {error}", 300), "line": 1, "column": 1}}
    return {
        "path": path,
        "imports": _imports(tree)[:MOST],
        "names": _names(tree, Aliases([tree]))[:MOST],
        "defines": _defines(tree, _used(tree), text)[:MOST],
        "leftovers": _leftovers(text)[:MOST],
    }


def _read_cells(path, text, asked, notebooks):
    try:
        notebook = notebooks[path] = Notebook(path, text, asked)
    except Unreadable as error:
        return {"path": path, "syntax": {"message": cut(str(error), 300), "line": 1, "column": 1}}
    facts = {"path": path, "imports": [], "names": [], "defines": [], "leftovers": [], "cells": notebook.told()[:CELLS]}
    facts["headings"] = [{"cell": cell, "depth": depth, "text": text} for cell, depth, text in headings_of(path, text)]
    first = {}
    trees = [cell.tree for cell in notebook.cells if cell.tree is not None]
    used = set().union(*map(_used, trees))
    aliases = Aliases(trees)
    for cell in notebook.cells:
        if cell.tree is None:
            continue
        within = {"cell": cell.number} if path.endswith(".ipynb") else {}
        # What is not run breaks no rule, and what is run for another problem of the sheet breaks none of this one's.
        for node, asked_for in notebook.needed_of(cell):
            run = {"for": sorted(asked_for), **within}
            facts["imports"] += [{**item, **run} for item in _imports(node)]
            for item in _names(node, aliases):
                known = first.setdefault(item["name"], {**item, **within, "for": []})
                known["for"] = sorted({*known["for"], *asked_for})
        facts["defines"] += [{**item, **within} for item in _defines(cell.tree, used, cell.source)]
        facts["leftovers"] += [{**item, **within} for item in _leftovers(cell.source)]
    facts["names"] = list(first.values())
    return {key: item[:MOST] if type(item) is list and key != "cells" else item for key, item in facts.items()}


def _place(node):
    return {"line": node.lineno, "column": node.col_offset + 1}


def _imports(tree):
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [{"name": alias.name[:200], "taken": [], **_place(node)} for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            taken = [alias.name[:200] for alias in node.names][:50]
            found.append({"name": ("." * node.level + (node.module or ""))[:200], "taken": taken, **_place(node)})
    return sorted(found, key=lambda item: (item["line"], item["column"]))


def _names(tree, aliases):
    """
    Dotted uses such as `np.linalg.lstsq`, the whole chain once, and uses of what an import binds; `of` is the full name of what is
    used, where a program has another for it.
    """
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) or (isinstance(node, ast.Name) and aliases.knows(node.id)):
            chain = dotted(node)
            if chain is not None:
                name, full = ".".join(chain)[:200], aliases.full(chain)[:200]
                if "." in full:
                    found.setdefault(name, {"name": name, **({"of": full} if name != full else {}), **_place(node)})
    return list(found.values())


def _used(tree):
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def _defines(tree, used, text):
    """`used` are the names that the file itself reads. What explains is a text or comment at its begin, or a comment in the line above."""
    found, lines = [], text.split("\n")
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            what = "class" if isinstance(node, ast.ClassDef) else "function"
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            above = lines[first - 2].strip() if 2 <= first <= len(lines) + 1 else ""
            within = [line.strip() for line in lines[node.lineno : node.body[0].lineno - 1]]
            documented = ast.get_docstring(node) is not None or any(_explains(line) for line in (above, *within))
            found.append({"name": node.name[:200], "what": what, "documented": documented, "used": node.name in used, **_place(node)})
    return found


def _explains(line):
    return line.startswith("#") and any(part.isalpha() for part in line)


def _leftovers(text):
    found = []
    # Taking a text apart costs as much as parsing it several times.
    if LEFT.search(text) is None:
        return found
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and LEFT.search(token.string):
                found.append({"line": token.start[0], "column": token.start[1] + 1})
    except (tokenize.TokenError, SyntaxError, IndentationError):
        pass
    return found
