"""
Operations of TensorFlow that give a derivative below Python, where no gradient function is looked up: whoever makes one is told
of. Whichever way a program goes, an operation is made by one of a few functions in C, under its name.
"""

import gc
import sys
from threading import get_ident

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
# What goes back along a tape, or forward with tangents.
DERIVERS = (("TFE_Py_TapeGradient", "the tape of gradients"), ("TFE_Py_ForwardAccumulatorJVP", "forward differentiation"))
LIBRARIES = ("/python/", "/packages/")
PASSES_ON = (__name__, "ctypes", "inspect", "traceback")


# An audit hook holds the makers, since nothing that a program may ask leads to one, unlike to what a function holds; what is asked of
# them goes to it by this name, and whoever says it themselves is told of as well.
ASKED = "gradmark.operation"
# What shows the frames of others, of which a maker's is one while it makes.
FRAMES = ("tb_frame", "gi_frame", "cr_frame", "ag_frame")


def guard(note):
    """
    Has `note` called with what is used; what it raises stands in the place of the use. Gives what puts another function behind the
    hook: `behind(function, label_of)` is what is to stand in its place.
    """
    makers, inside, looking = {}, set(), set()
    loaded = {module.__file__ for module in list(sys.modules.values()) if str(getattr(module, "__file__", None)).endswith(".so")}

    def heard(event, args):
        if event == ASKED:
            key, given, keywords, made = args
            maker, label_of = makers[key]
            label = label_of(given)
            if label is not None:
                note(label)
            thread = get_ident()
            outermost = thread not in inside
            inside.add(thread)
            try:
                list.append(made, maker(*given, **keywords))
            finally:
                if outermost:
                    inside.discard(thread)
        elif get_ident() not in looking:
            # Whoever looks at frames here is heard of, too.
            looking.add(get_ident())
            try:
                label = _opened(event, args, loaded, get_ident() in inside)
            finally:
                looking.discard(get_ident())
            if label is not None:
                note(label)

    def behind(function, label_of):
        makers[len(makers)] = function, label_of
        return _asking(len(makers) - 1, function.__name__)

    by_place = {place: lambda args, place=place: _named(args[place]) if len(args) > place else None for place in (1, 2)}
    wanted = [(name, modules, by_place[place]) for name, modules, place in MAKERS]
    wanted += [(name, modules, _held) for name, modules in TAKERS]
    wanted += [(name, EAGER, lambda args, label=label: label) for name, label in DERIVERS]
    found = [(getattr(module, name), label_of) for name, modules, label_of in wanted for module in modules]
    sys.addaudithook(heard)
    _put({id(maker): (maker, behind(maker, label_of)) for maker, label_of in found})
    return behind


def _opened(event, args, loaded, making):
    """What is said of a way into the library that leads past these functions; None of anything else."""
    # The library's own functions in C differentiate as well; the guest's walls need those of the process itself.
    if event == "ctypes.dlopen":
        label = "a library by way of ctypes" if args[0] is not None else None
    elif event.startswith("ctypes.dlsym"):
        label = "a library by way of ctypes" if str(args[1]).startswith(("TF_", "TFE_", "_Z")) else None
    elif event == "import":
        return "the inside of the library, loaded once more" if args[1] in loaded else None
    elif event.startswith("gc.get_"):
        label = "what the collector of garbage knows of the library"
    elif making and (event in ("sys._getframe", "sys._current_frames") or event == "object.__getattr__" and args[1] in FRAMES):
        label = "what the library is doing"
    else:
        return None
    return label if label is not None and _is_of_a_program() else None


def _asking(key, name):
    """Asks the hook for what a maker makes."""
    audit = sys.audit

    def guarded(*args, **keywords):
        made = []
        try:
            audit(ASKED, key, args, keywords, made)
        except BaseException as raised:
            # What it came through holds the maker.
            raise raised.with_traceback(None)
        return made[0]

    guarded.__name__ = name
    return guarded


def _put(guards):
    """Wherever a maker lies under a name, in what Python keeps of a module for loading it again as well."""
    for space in gc.get_referrers(*(maker for maker, _ in guards.values())):
        if type(space) is dict and space is not guards:
            for name, item in list(space.items()):
                if id(item) in guards and guards[id(item)][0] is item:
                    space[name] = guards[id(item)][1]


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
    """Whether the call comes from a program and not from a library: the nearest frame outside of this and of what only passes it on tells."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__") in PASSES_ON:
        frame = frame.f_back
    return frame is not None and not frame.f_code.co_filename.startswith(LIBRARIES)
