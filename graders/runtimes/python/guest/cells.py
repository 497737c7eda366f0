"""A notebook, or a file with cell markers, as cells of Python: read with care, since its text is a student's."""

import ast
import json
import re
import warnings

from trouble import cut

CELL_CAP = 2000
# Levels of a cell's syntax: at some 330 Python's own limit is met where statements are told apart.
DEPTH_CAP = 250
# What a program that stands for all units of a sheet is read as.
WHOLE = "notebook.py"
# What a cell magic leaves of its cell: these measure or hide, and the body is the program's own.
KEPT = {"time", "timeit", "capture", "prun", "python", "python3"}
HEADING = re.compile(r"^ {0,3}(#{1,6}|%%) +(?:\[\w+\] *)?(\S.*)$", re.M)
# What begins or ends something that goes on over lines, with what hides it: an escaped letter, a comment, a text of one line.
PARTS = re.compile(r"""\\.|\\|\"\"\"|'''|#.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()\[\]{}]""")
# Of a text that goes on over lines.
ENDS = {quote: re.compile(rf"\\.|{quote}") for quote in ('"""', "'''")}
MARK = re.compile(r"^# ?(?:%%|In ?\[).*$", re.M)


class Unreadable(Exception):
    """The notebook as a whole cannot be read, in a sentence."""


class Cell:
    """One cell: its number from 1, its statements, why there are none where it could not be parsed, and what is stored beside it."""

    def __init__(self, number, source, path, outputs=()):
        # Of a program with markers the lines are those of the whole file.
        self.number, self.path = number, f"{path} cell {number}" if path.endswith(".ipynb") else path
        self.note, self.error, self.tree, self.outputs = None, None, None, outputs
        self.begins = next((line.strip() for line in source.split("\n") if line.strip()), "")
        self.source, self.note = without_magics(source)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(self.source, self.path)
            if _is_deep(tree):
                raise RecursionError
            self.tree = tree
        except SyntaxError as error:
            self.error = f"line {error.lineno or 1}: {cut(str(error.msg), 200)}"
        except (ValueError, MemoryError, RecursionError) as error:
            self.error = type(error).__name__


def _is_deep(tree):
    """Whether it is nested deeper than what goes through it level by level can follow."""
    level = [tree]
    for _ in range(DEPTH_CAP):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def is_notebook(path, text):
    """
    Whether a file is cells: a notebook by its name, a program by its markers, and one that stands for a whole sheet in any case:
    it loads, trains and plots between its definitions, as a notebook does.
    """
    return path.endswith(".ipynb") or path == WHOLE or MARK.search(text) is not None


def cells_of(path, text):
    """The code cells of a file, numbered as a reader counts all its cells."""
    if not path.endswith(".ipynb"):
        return [Cell(i + 1, part, path) for i, part in enumerate(_parts(text))]
    return [Cell(number, source, path, outputs) for number, kind, source, outputs in _json_cells(text) if kind == "code"]


def headings_of(path, text):
    """Headings above the cells of a file: the number of the cell that they stand in, their depth and their words."""
    if path.endswith(".ipynb"):
        texts = [(number, source) for number, kind, source, _ in _json_cells(text) if kind in ("markdown", "heading")]
    else:
        # Of a program with markers what a cell of text says are comments, and the marker itself may say what follows.
        texts = [(i + 1, re.sub(r"^# ?", "", part, flags=re.M)) for i, part in enumerate(_parts(text))]
    found = []
    for number, source in texts:
        for mark, words in HEADING.findall(source):
            found.append((number, len(mark) if mark.startswith("#") else 1, cut(words.strip(), 200)))
    return found


def _parts(text):
    """Cells of a program with markers; each keeps the line numbers of the whole."""
    starts = [0, *(found.start() for found in MARK.finditer(text))]
    ends = [*starts[1:], len(text)]
    return ["\n" * text.count("\n", 0, a) + text[a:b] for a, b in zip(starts, ends)]


def _json_cells(text):
    try:
        book = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is no notebook: {cut(str(error), 200)}") from None
    if type(book) is not dict:
        raise Unreadable("it is no notebook: no object stands at its top")
    version = book.get("nbformat")
    if version not in (3, 4):
        raise Unreadable(f"notebooks of format 3 and 4 are read, this one says {cut(repr(version), 40)}")
    language = _language(book.get("metadata"))
    if language is not None and not language.lower().startswith(("python", "ipython")):
        raise Unreadable(f"its kernel is {cut(language, 40)}, and Python is asked for")
    sheets = book.get("worksheets") if version == 3 else [book]
    cells = [cell for sheet in _list(sheets) for cell in _list(sheet.get("cells") if type(sheet) is dict else None)]
    if len(cells) > CELL_CAP:
        raise Unreadable(f"it has {len(cells)} cells (at most {CELL_CAP})")
    return [(number, *_parts_of(cell, version)) for number, cell in enumerate(cells, 1) if type(cell) is dict]


def _parts_of(cell, version):
    kind = cell.get("cell_type")
    source = cell.get("input" if version == 3 and kind == "code" else "source", "")
    lines = source if type(source) is list else [source]
    joined = "".join(line for line in lines if type(line) is str)
    return kind, f"# {joined}" if kind == "heading" else joined, cell.get("outputs")


def _language(metadata):
    if type(metadata) is not dict:
        return None
    for part, key in (("kernelspec", "language"), ("language_info", "name"), ("kernelspec", "name")):
        about = metadata.get(part)
        if type(about) is dict and type(about.get(key)) is str:
            return about[key]
    return None


def _list(x):
    return x if type(x) is list else []


def without_magics(source):
    """The text with lines that only Jupyter understands as `pass`, lines in their places; and a note on what was left out."""
    lines = source.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        name = re.match(r"%%(\w*)", lines[first]).group(1)
        if name not in KEPT:
            return "", f"%%{name} is not run"
        lines[first] = ""
    shell = False
    for i, within in enumerate(_within(lines)):
        line, bare = lines[i], lines[i].lstrip()
        if within:
            continue
        if bare.startswith(("%", "!", "?")) or re.match(r"[\w.]+\?{1,2}$", bare) or "get_ipython()" in bare:
            lines[i] = line[: len(line) - len(bare)] + "pass"
            shell = shell or bare.startswith("!")
        elif re.match(r"\w+ *= *[!%]", bare):
            lines[i] = re.sub(r"= *[!%].*", "= None", line)
    return "\n".join(lines), "shell commands are not run" if shell else None


def _within(lines):
    """
    For each line whether it goes on with what an earlier one has begun (brackets, a long text, a backslash), where `%` and `!` are
    Python's own. A line is looked at after it was told of, as it is then.
    """
    depth, quote, goes_on = 0, None, False
    for i in range(len(lines)):
        yield depth > 0 or quote is not None or goes_on
        line, at, goes_on = lines[i], 0, False
        while (part := (PARTS if quote is None else ENDS[quote]).search(line, at)) is not None:
            found, at = part.group(), part.end()
            if quote is not None:
                quote = None if found == quote else quote
            elif found in ENDS:
                quote = found
            elif found in "([{":
                depth += 1
            elif found in ")]}":
                depth = max(0, depth - 1)
            elif found == "\\":
                goes_on = at == len(line)
