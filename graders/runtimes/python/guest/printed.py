"""Numbers that a function only prints, where the sheet has it print them: read from its text as the contract says."""

import re
import sys

TEXT_CAP = 2**18


class Listening:
    """Reads along what is printed while a call runs."""

    def __init__(self):
        self._parts, self._length = [], 0

    def __enter__(self):
        self._whole, sys.stdout = sys.stdout, self
        return self

    def __exit__(self, *raised):
        sys.stdout = self._whole
        return False

    def write(self, text):
        if type(text) is str and self._length < TEXT_CAP:
            self._parts.append(text)
            self._length += len(text)
        return self._whole.write(text)

    def __getattr__(self, name):
        return getattr(self._whole, name)

    def numbers(self, prints, runs=None):
        """
        The last numbers as a record, one record for each line of them, or a record of columns, of several runs a list of those;
        None where a number is absent.
        """
        text = "".join(self._parts)
        columns = {name: [_number(found) for found in re.findall(pattern, text)] for name, pattern in prints["numbers"].items()}
        rows = min((len(column) for column in columns.values()), default=0)
        if rows == 0:
            return None
        form = prints.get("as", "record")
        if form == "columns":
            ends = [i * rows // (runs or 1) for i in range((runs or 1) + 1)]
            parts = [{name: column[a:b] for name, column in columns.items()} for a, b in zip(ends, ends[1:])]
            return parts[0] if runs is None else parts
        records = [{name: column[i] for name, column in columns.items()} for i in range(rows)]
        return records if form == "rows" else records[-1]


def _number(text):
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)
