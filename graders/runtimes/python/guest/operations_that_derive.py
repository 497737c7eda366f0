"""
Operations of TensorFlow that give a derivative below Python, where no gradient function is looked up: whoever makes one is told
of. Whichever way a program goes, an operation is made by one of a few functions in C, under its name.
"""

import sys

import tensorflow as tf
from tensorflow.python import _pywrap_tfe, pywrap_tfe
from tensorflow.python.client import _pywrap_tf_session, pywrap_tf_session
from tensorflow.python.framework import importer
from tensorflow.python.ops import gen_nn_ops

# It differentiates a function that it is handed.
DERIVES = "SymbolicGradient"
NAMED, SERIALIZED = ((DERIVES,), (DERIVES.encode(),)), DERIVES.encode()
EAGER, GRAPHS = (pywrap_tfe, _pywrap_tfe), (pywrap_tf_session, _pywrap_tf_session)
# What makes an operation, and as which of its arguments it gets the name.
MAKERS = (("TFE_Py_FastPathExecute", EAGER, 1), ("TFE_Py_Execute", EAGER, 2), ("TF_NewOperation", GRAPHS, 1))
# Of these the library takes the loss, and keeps its derivative for itself.
LOSSES = {
    "SoftmaxCrossEntropyWithLogits": "softmax_cross_entropy_with_logits",
    "SparseSoftmaxCrossEntropyWithLogits": "sparse_softmax_cross_entropy_with_logits",
}
LIBRARIES = ("/python/", "/packages/")


def guard(note):
    """Has `note` called with what is used; what it raises stands in the place of the use."""
    differentiates = f"tf.raw_ops.{DERIVES}"
    for name, modules, place in MAKERS:
        for module in modules:
            _before(module, name, lambda args, place=place: args[place : place + 1] in NAMED, note, differentiates)
    # Functions and graphs that come in one piece.
    for module in EAGER:
        _before(module, "TFE_ContextAddFunctionDef", lambda args: args[1].find(SERIALIZED) >= 0, note, differentiates)
    _before(importer, "_import_graph_def_internal", lambda args: SERIALIZED in args[0].SerializeToString(), note, differentiates)
    for public, name in LOSSES.items():
        gives = f"the derivative that tf.raw_ops.{public} gives"
        for module in [gen_nn_ops, *(module for called, module in list(sys.modules.items()) if called.endswith(".raw_ops"))]:
            _before(module, public, lambda args: True, note, gives)
        _before(gen_nn_ops, name, _is_of_a_program, note, gives)

    def opened(event, args):
        """The library's own functions in C differentiate as well; the guest's walls need those of the process itself."""
        if event == "ctypes.dlopen" and args[0] is not None and _is_of_a_program(args):
            note("a library by way of ctypes")

    sys.addaudithook(opened)


def _before(holder, name, is_it, note, label):
    whole = getattr(holder, name)

    def guarded(*args, **keywords):
        if is_it(args):
            note(label)
        return whole(*args, **keywords)

    setattr(holder, name, guarded)


def _is_of_a_program(args):
    """Whether the call comes from a program and not from a library: the nearest frame outside of this and of ctypes tells."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__") in (__name__, "ctypes"):
        frame = frame.f_back
    return frame is not None and not frame.f_code.co_filename.startswith(LIBRARIES)
