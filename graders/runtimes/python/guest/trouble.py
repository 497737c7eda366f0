"""How the guest says that there is no answer, and what it makes of what a program raised."""

import sys

MESSAGE_CAP = 2000
FRAMES_READ = 200
_frame = sys._getframe


class GuestTrouble(Exception):
    """Raised by the guest's own code, and no other; becomes the trouble of a reply."""

    def __init__(self, kind, message, **more):
        if _folder(_frame(1)) != _folder(_frame(0)):
            raise TypeError("a GuestTrouble is the grader's to raise")
        super().__init__(message)
        self.trouble = {"kind": kind, "message": cut(message), **more}


def _folder(frame):
    return frame.f_code.co_filename.rpartition("/")[0]


def cut(text, length=MESSAGE_CAP):
    """`text` shortened to what fits a message."""
    return text if len(text) <= length else text[:length] + "…"


def name_of(kind):
    """What a class is called, whatever its own class says of it."""
    return cut(type.__dict__["__name__"].__get__(kind), 100)


def describe(raised, paths):
    """What was raised, in words, with the innermost place that lies in a file of `paths`; looks at it with care."""
    if type(raised) is GuestTrouble:
        return raised.trouble
    trouble = {"kind": "threw", "message": cut(_message(raised)), "name": name_of(type(raised))}
    place = _syntax_place(raised, paths) or _place(raised, paths)
    if place is not None:
        trouble["place"] = place
    return trouble


def _message(raised):
    try:
        text = str(raised)
        return text if type(text) is str else ""
    except BaseException:
        return ""


def _syntax_place(raised, paths):
    if not isinstance(raised, SyntaxError) or type(raised.filename) is not str or raised.filename not in paths:
        return None
    line = raised.lineno if type(raised.lineno) is int else 1
    column = raised.offset if type(raised.offset) is int else 1
    return {"path": raised.filename, "line": max(1, line), "column": max(1, column)}


def _place(raised, paths):
    trace, found, read = BaseException.__dict__["__traceback__"].__get__(raised), None, 0
    while trace is not None and read < FRAMES_READ:
        code = trace.tb_frame.f_code
        if code.co_filename in paths:
            found = (code, trace.tb_lasti, trace.tb_lineno)
        trace, read = trace.tb_next, read + 1
    if found is None:
        return None
    code, at, line = found
    return {"path": code.co_filename, "line": max(1, line or 1), "column": _column(code, at)}


def _column(code, at):
    for number, (_, _, column, _) in enumerate(code.co_positions()):
        if number == at // 2:
            return (column or 0) + 1
    return 1
