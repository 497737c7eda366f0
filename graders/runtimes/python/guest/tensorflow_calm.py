"""
What TensorFlow does otherwise where nothing can be written and its own sources are not there: `tf.function` turns loops and
branches of a program into operations, for which it writes a file; bars of progress are drawn for nobody.
"""

import linecache
import sys
import types

import keras
from tensorflow.python.autograph.core import ag_ctx
from tensorflow.python.autograph.pyct import inspect_utils, loader
from tensorflow.python.eager import context

import tensorflow_files


def calm():
    keras.utils.disable_interactive_logging()
    # It asks whether it finds its own source; what it needs is the program's, which is there.
    ag_ctx.INSPECT_SOURCE_SUPPORTED = True
    loader.load_source = _in_memory
    # It would read a program's text anew from a file that is not there, and lose the text that is known.
    inspect_utils._fix_linecache_record = lambda obj: None
    tensorflow_files.keep_in_memory()
    # One thread is what there is; who asks for others after the first operation would be told that it is too late.
    for name in ("intra_op_parallelism_threads", "inter_op_parallelism_threads"):
        setattr(context.Context, name, property(getattr(context.Context, name).fget, lambda self, number: None))


def _in_memory(source, delete_on_exit):
    """A module of this text that was never a file."""
    name = f"_made_of_a_graph_{len(linecache.cache)}"
    module = types.ModuleType(name)
    module.__file__ = f"<{name}>"
    linecache.cache[module.__file__] = (len(source), None, source.splitlines(True), module.__file__)
    exec(compile(source, module.__file__, "exec", dont_inherit=True), module.__dict__)
    sys.modules[name] = module
    return module, module.__file__
