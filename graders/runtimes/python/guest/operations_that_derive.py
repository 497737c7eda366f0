"""
Operations of TensorFlow that give a derivative below Python, where no gradient function is looked up: whoever makes one is told
of. Whichever way a program goes, an operation is made by one of a few functions in C, under its name.
"""

import sys

from tensorflow.python import _pywrap_tfe, pywrap_tfe
from tensorflow.python.client import _pywrap_tf_session, pywrap_tf_session

# It differentiates a function that it is handed.
DERIVES = "SymbolicGradient"
# These give their derivative beside the loss. Where operations are deterministic, as here, the library makes none of them itself.
LOSSES = ("SoftmaxCrossEntropyWithLogits", "SparseSoftmaxCrossEntropyWithLogits", "CTCLoss", "CTCLossV2")
LABELS = {DERIVES: f"tf.raw_ops.{DERIVES}", **{name: f"the derivative that tf.raw_ops.{name} gives" for name in LOSSES}}
SERIALIZED = {name.encode(): label for name, label in LABELS.items()}
EAGER, GRAPHS = (pywrap_tfe, _pywrap_tfe), (pywrap_tf_session, _pywrap_tf_session)
# What makes an operation, and as which of its arguments it gets the name.
MAKERS = (
    *(("TFE_Py_FastPathExecute", EAGER, 1), ("TFE_Py_Execute", EAGER, 2)),
    *(("TFE_Py_ExecuteCancelable", EAGER, 2), ("TF_NewOperation", GRAPHS, 1)),
)
# What takes functions and graphs that come in one piece.
TAKERS = (
    *(("TFE_ContextAddFunctionDef", EAGER), ("TFE_ContextAddFunctionDefNoSerialization", EAGER)),
    *(("TF_FunctionImportFunctionDef", GRAPHS), ("TF_FunctionImportFunctionDefNoSerialization", GRAPHS)),
    *(("TF_NewBufferFromString", GRAPHS), ("TF_GraphImportGraphDefWithResultsNoSerialization", GRAPHS)),
)
LIBRARIES = ("/python/", "/packages/")


def guard(note):
    """Has `note` called with what is used; what it raises stands in the place of the use."""
    for name, modules, place in MAKERS:
        for module in modules:
            _before(module, name, lambda args, place=place: _named(args[place]) if len(args) > place else None, note)
    for name, modules in TAKERS:
        for module in modules:
            _before(module, name, _held, note)

    def opened(event, args):
        """The library's own functions in C differentiate as well; the guest's walls need those of the process itself."""
        if event == "ctypes.dlopen":
            named = args[0] is not None
        else:
            named = event.startswith("ctypes.dlsym") and str(args[1]).startswith(("TF_", "TFE_", "_Z"))
        if named and _is_of_a_program():
            note("a library by way of ctypes")

    sys.addaudithook(opened)


def _before(holder, name, label_of, note):
    whole = getattr(holder, name)

    def guarded(*args, **keywords):
        label = label_of(args)
        if label is not None:
            note(label)
        return whole(*args, **keywords)

    setattr(holder, name, guarded)


def _named(name):
    """What is said of an operation of this name, as C reads it: a text of a class of its own may deny what it says."""
    kind = type(name)
    if kind is str:
        return LABELS.get(name)
    if issubclass(kind, str):
        return LABELS.get(str.__str__(name))
    return LABELS.get(bytes.decode(name, "latin-1")) if issubclass(kind, bytes) else None


def _held(args):
    """The same of the first operation in what is serialized, or can be."""
    for arg in args:
        serialize = getattr(type(arg), "SerializeToString", None)
        text = arg if issubclass(type(arg), bytes) else None if serialize is None else serialize(arg)
        label = None if text is None else next((label for name, label in SERIALIZED.items() if bytes.find(text, name) >= 0), None)
        if label is not None:
            return label
    return None


def _is_of_a_program():
    """Whether the call comes from a program and not from a library: the nearest frame outside of this and of ctypes tells."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__") in (__name__, "ctypes"):
        frame = frame.f_back
    return frame is not None and not frame.f_code.co_filename.startswith(LIBRARIES)
