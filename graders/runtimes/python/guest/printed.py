"""Numbers that a function only prints, where the sheet has it print them: read from its text as the contract says."""

import decimal
import re
import sys

from marked import Marked

TEXT_CAP = 2**18
# More decimals than any number needs.
DECIMALS = 100
# A contract's pattern may take in the point at the end of a sentence, or find nothing but dots.
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


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
        columns = {name: _numbers_in(text, pattern) for name, pattern in prints["numbers"].items()}
        for name, pattern in prints.get("complements", {}).items():
            columns[name] = columns[name] or [_complement(number) for number in _numbers_in(text, pattern)]
        rows = min((len(column) for column in columns.values()), default=0)
        if rows == 0:
            return None
        form = prints.get("as", "record")
        if form == "columns":
            ends = [i * rows // (runs or 1) for i in range((runs or 1) + 1)]
            parts = [_read({name: column[a:b] for name, column in columns.items()}) for a, b in zip(ends, ends[1:])]
            return parts[0] if runs is None else parts
        records = [_read({name: column[i] for name, column in columns.items()}) for i in range(rows)]
        return records if form == "rows" else records[-1]


def _numbers_in(text, pattern):
    return [number[0] for found in re.findall(pattern, text) for number in [NUMBER.match(found)] if number]


def _complement(text):
    """What a share leaves of the whole, with as many decimals: 0.93 for 0.07."""
    return str(1 - decimal.Decimal(text))


def _read(entries):
    """Texts, and lists of them, as numbers, with the decimals that the longest of them was printed with."""
    texts = [text for entry in entries.values() for text in (entry if type(entry) is list else [entry])]
    numbers = {name: [_number(text) for text in entry] if type(entry) is list else _number(entry) for name, entry in entries.items()}
    return Marked(numbers, printed=max(map(_decimals, texts), default=0))


def _number(text):
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)


def _decimals(text):
    digits, _, exponent = text.lower().partition("e")
    return min(DECIMALS, max(0, len(digits.partition(".")[2]) - int(exponent or 0)))
