"""Arguments on their way in: what graders/protocol/send.ts wrote becomes numbers, lists, dictionaries and arrays of numpy."""

import random_tape
from binding import converted
from libraries import library
from trouble import GuestTrouble

try:
    import numpy
except ImportError:  # a process that only reads source has none
    numpy = None

NUMBERS = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf"), "-0": -0.0}
DTYPES = {"float32": "<f4", "float64": "<f8", "int32": "<i4", "uint8": "u1", "bool": "?"}
BYTES = {"float32": 4, "float64": 8, "int32": 4, "uint8": 1, "bool": 1}


class Record(dict):
    """What the sheet hands over under names: a dictionary whose entries may be read as attributes, too."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self[name] = value


def make_args(args, binary, handles, contract):
    """The arguments in the order in which they were sent, so that each array finds its bytes."""
    at = 0

    def take(length):
        nonlocal at
        part = binary[at : at + length]
        at += length
        return part

    def array(node):
        stored = node.get("stored", node["dtype"])
        size = 1
        for dimension in node["shape"]:
            size *= dimension
        data = numpy.frombuffer(take(size * BYTES[stored]), dtype=DTYPES[stored])
        if node["container"] == "scalar":
            return data[0].item()
        # A copy of its own: writable, and never shared between calls.
        made = data.reshape(node["shape"]).astype(_dtype(node, stored), order="C", copy=True)
        of_library = library is not None and node["container"] in ("tensor", "variable")
        return library.tensor(made, node["container"], node["dtype"]) if of_library else made

    def entry(key, item):
        known = contract.names.get(key)
        if known is None:
            return key, item
        item = item.reshape(known["shape"]) if "shape" in known and hasattr(item, "reshape") else item
        return contract.called(key)[0], converted(item, known.get("as"))

    def make(arg):
        if type(arg) is not dict:
            return arg
        kind = arg["t"]
        if kind == "undefined":
            return None
        if kind == "number":
            return NUMBERS[arg["v"]]
        if kind == "array":
            return array(arg)
        if kind == "list":
            return [make(item) for item in arg["items"]]
        if kind == "record":
            return Record(entry(key, make(item)) for key, item in arg["entries"])
        if kind == "handle":
            return handles.get(arg["id"])
        if kind == "bytes":
            return numpy.frombuffer(take(arg["length"]), dtype="u1").copy()
        if kind == "rng":
            normals = numpy.frombuffer(take(arg["normals"] * 8), dtype="<f8").tolist()
            uniforms = numpy.frombuffer(take(arg["uniforms"] * 8), dtype="<f8").tolist()
            return random_tape.RandomTape(arg["seed"], normals, uniforms)
        if kind == "network" and library is not None:
            layers = [{**layer, "weights": [array(weight) for weight in layer["weights"]]} for layer in arg["layers"]]
            return library.build({**arg, "layers": layers})
        raise GuestTrouble("missing", f"a {kind} of a tensor library is asked for, and there is none beside numpy")

    return [make(arg) for arg in args]


def _dtype(node, stored):
    """Whole numbers stay whole, as numpy reads them; real ones stay in the precision in which they were sent."""
    return {"int32": "int64", "uint8": "uint8", "bool": "bool"}.get(node["dtype"], stored)
