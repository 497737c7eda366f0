"""
Results on their way out: anything a program may return becomes a value of the wire and bytes. Properties and iterators of a
program run here, inside, and nowhere else; what cannot be carried is named instead.
"""

import math
import types

from libraries import library
from look import class_name, computed_names, fields_of, is_iterator, keys_of
from marked import Marked
from nested import DIMENSION_CAP, RANK_CAP, array_of, regular
from plain_forms import plain
from trouble import GuestTrouble, cut

try:
    import numpy
except ImportError:
    numpy = None

BINARY_CAP = 64 * 2**20
NODE_CAP = 100_000
TEXT_CAP = 2**20
DEPTH_CAP = 32
ROW_CAP = 1000
BYTES = {"float32": 4, "float64": 8, "int32": 4, "uint8": 1, "bool": 1}
INSIDE = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType, type)


def opaque(what):
    return {"t": "opaque", "what": cut(what, 190)}


def undefined():
    return {"t": "undefined"}


class Outward:
    """One reply. `room` is how many numbers the grader takes: of what is larger it is told, and gets nothing."""

    def __init__(self, handles, contract, room):
        self.binary = []
        self._handles, self._contract, self._room = handles, contract, room
        self._bytes = self._elements = self._nodes = self._letters = 0
        self._above, self._computing = [], False

    def encode(self, x, keep="value", returns=(), rows=()):
        """`handle` keeps an object inside; `returns` names the parts of a tuple, in order, `rows` those of each tuple in a list."""
        if keep == "handle" and not _is_plain(x):
            return self.handle(x)
        if returns and type(x) is tuple and len(x) == len(returns):
            return self._named(returns, x)
        table = _table(x, len(rows)) if rows else None
        if table is not None:
            return {"t": "list", "items": [self._named(rows, row) for row in table]}
        return self._value(x)

    def _named(self, names, parts):
        return {"t": "record", "entries": [[name, self._value(part)] for name, part in zip(names, parts)]}

    def handle(self, x):
        kind = "function" if isinstance(x, INSIDE) else "object"
        keys = [key for key in keys_of(x, self._contract)][:200]
        return {"t": "handle", "id": self._handles.keep(x), "type": kind, "className": class_name(x), "keys": keys}

    def carry(self, container, array):
        dtype, data = _carried(array)
        if data.ndim > RANK_CAP:
            return opaque(f"an array of {data.ndim} dimensions")
        if max(data.shape, default=0) > DIMENSION_CAP:
            # There may be as many of them as one likes where another is 0.
            return opaque(f"an array of the shape {list(data.shape)}")
        self._bytes += data.nbytes
        self._elements += data.size
        if self._bytes > BINARY_CAP or self._elements > self._room:
            raise GuestTrouble("large", "more numbers than the grader accepts")
        self.binary.append(data.tobytes())
        return {"t": "array", "container": container, "dtype": dtype, "shape": list(data.shape)}

    def _value(self, x):
        self._nodes += 1
        if self._nodes > NODE_CAP:
            return opaque("more values than the grader accepts")
        x = plain(x)
        kind = type(x)
        if x is None:
            return undefined()
        if kind is bool:
            return x
        if kind is int or kind is float:
            return number(x)
        if kind is str:
            self._letters += len(x)
            return opaque(f"a text of {len(x)} letters") if self._letters > TEXT_CAP else x
        if kind is complex:
            return opaque("a complex number")
        if numpy is not None and issubclass(kind, numpy.generic):
            return self._scalar(x)
        if issubclass(kind, INSIDE):
            return self.handle(x)
        return self._branch(x)

    def _scalar(self, x):
        item = x.item() if type(x).__module__ == "numpy" else None
        if type(item) is numpy.longdouble:
            # The only one whose item is no number of Python's.
            item = float(item)
        return self._value(item) if type(item) in (bool, int, float, str, complex) else opaque(f"a {class_name(x)}")

    def _branch(self, x):
        if any(x is other for other in self._above):
            return opaque("a reference back to an object that holds it")
        if len(self._above) >= DEPTH_CAP:
            return opaque("values nested too deep")
        self._above.append(x)
        try:
            return self._object(x)
        except GuestTrouble:
            raise
        except BaseException:
            return opaque("an object that raises when it is read")
        finally:
            self._above.pop()

    def _object(self, x):
        kind = type(x)
        if numpy is not None and issubclass(kind, numpy.ndarray):
            return self._array(x)
        if library is not None and library.is_tensor(x):
            return self._tensor(x)
        if library is not None and library.is_model(x):
            return self.handle(x)
        described = None if library is None else library.plain(x)
        if described is not None:
            return self._record(list(described.items()))
        if issubclass(kind, (list, tuple)):
            return self._sequence(x)
        if kind is Marked:
            return {**self._record(list(dict.items(x))), **x.marks}
        if issubclass(kind, dict):
            return self._record(list(dict.items(x)))
        if issubclass(kind, (set, frozenset)):
            return self._list([*kind.__iter__(x)] if kind in (set, frozenset) else [])
        if issubclass(kind, BaseException):
            return {"t": "record", "entries": [["name", class_name(x)], ["message", cut(str(x))]]}
        if issubclass(kind, (bytes, bytearray)):
            return self.carry("typed", numpy.frombuffer(bytes(x), dtype="u1"))
        if issubclass(kind, (range, map, zip, filter, enumerate)) or is_iterator(x):
            return self.handle(x) if kind is not range else self._sequence(list(x))
        return self._attributes(x)

    def _array(self, x):
        found = array_of(x)
        if type(found) is str:
            return opaque(found)
        if found.dtype == object or found.dtype.kind in "USO":
            return self._sequence(found.tolist()) if found.ndim > 0 else self._value(found.item())
        return self.carry("ndarray", found)

    def _tensor(self, x):
        container, numbers = library.numbers(x)
        return opaque(numbers) if type(numbers) is str else self.carry(container, numbers)

    def _sequence(self, x):
        fields = getattr(type(x), "_fields", None)
        if isinstance(x, tuple) and type(fields) is tuple:
            return self._record(list(zip(fields, tuple.__iter__(x))), class_name(x))
        items = [*(list if isinstance(x, list) else tuple).__iter__(x)]
        numbers = regular([_number_in(item) for item in items])
        return self.carry("nested", numbers) if numbers is not None else self._list(items)

    def _list(self, items):
        if len(items) > NODE_CAP - self._nodes:
            return opaque(f"a list of {len(items)} items")
        return {"t": "list", "items": [self._value(item) for item in items]}

    def _record(self, pairs, name=None):
        if len(pairs) > NODE_CAP - self._nodes:
            return opaque(f"an object of {len(pairs)} entries")
        entries = [[self._key(key), self._value(item)] for key, item in pairs]
        return {"t": "record", "entries": entries, **({"className": name} if name else {})}

    def _attributes(self, x):
        entries = [[self._key(key), self._value(item)] for key, item in fields_of(x)]
        if not self._computing:
            self._computing = True
            try:
                entries += [[self._key(key), self._read(x, key)] for key in computed_names(x)]
            finally:
                self._computing = False
        return {"t": "record", "entries": entries, "className": class_name(x)}

    def _read(self, x, key):
        try:
            return self._value(getattr(x, key))
        except GuestTrouble:
            raise
        except BaseException:
            return opaque("a property that raises when it is read")

    def _key(self, key):
        text = key if type(key) is str else repr(key) if type(key) in (int, float, bool) else class_name(key)
        return cut(self._contract.sheet_name(text), 900)


def _number_in(item):
    """A tensor of one number, as a loss is that was not taken out of it, in the list in which it stands; anything else as it is."""
    if library is None or not library.is_tensor(item):
        return item
    _, numbers = library.numbers(item)
    return numbers.item() if type(numbers) is not str and numbers.ndim == 0 else item


def number(x):
    """A number as JSON can carry it: whole ones stay whole as far as the grader's numbers reach."""
    if type(x) is int and abs(x) > 2**53:
        if x.bit_length() > 1023:
            return opaque(f"a whole number of {x.bit_length()} bits")
        x = float(x)
    if type(x) is float and not math.isfinite(x):
        return {"t": "number", "v": "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"}
    if x == 0 and type(x) is float and math.copysign(1, x) < 0:
        return {"t": "number", "v": "-0"}
    return x


def _table(x, width):
    """Rows of so many parts, where it is some: of tuples, of lists, of an array."""
    if numpy is not None and type(x) is numpy.ndarray and x.ndim == 2 and len(x) <= ROW_CAP:
        x = x.tolist()
    if type(x) not in (list, tuple) or not 0 < len(x) <= ROW_CAP:
        return None
    return x if all(type(row) in (list, tuple) and len(row) == width for row in x) else None


def _is_plain(x):
    kinds = (bool, int, float, str, complex)
    return x is None or type(x) in kinds or (numpy is not None and isinstance(x, numpy.generic))


def _carried(array):
    """The type and bytes in which an array crosses: half precision as single, whole numbers as 32 bits where they fit."""
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "b":
        return "bool", numpy.ascontiguousarray(array).reshape(array.shape)
    if kind == "f":
        name = "float32" if size <= 4 else "float64"
    elif array.dtype == numpy.uint8:
        return "uint8", numpy.ascontiguousarray(array).reshape(array.shape)
    else:
        fits = array.size == 0 or (int(array.min()) >= -(2**31) and int(array.max()) < 2**31)
        name = "int32" if fits else "float64"
    return name, numpy.ascontiguousarray(array, dtype={"float32": "<f4", "float64": "<f8", "int32": "<i4"}[name]).reshape(array.shape)
