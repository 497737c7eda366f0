"""What is imported before a program is: all packages that are there, or beside a library that is slow to load only that one."""

import contextlib
import io
import sys
import tempfile
import types

# Keras has wrappers for them, which take a second to load and serve no program that is graded.
LATER = ("scipy", "sklearn")
# What programs that tell data apart take of it, loaded in what is copied for many.
PARTS = ("sklearn.model_selection", "sklearn.preprocessing", "sklearn.metrics")
# The texts that numpy's help gives, which take a seventh of its start. Beside other libraries it is left whole: they read them.
TEXTS = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")


def load(names, for_many=False):
    later = [name for name in LATER if "tensorflow" in names]
    # Absent while the library loads, there for the program that imports them.
    sys.modules.update({name: None for name in later})
    if set(names) <= {"numpy", *LATER}:
        sys.modules.update({name: types.ModuleType(name) for name in TEXTS})
    # Nothing can be written inside; who only asks where it would be is told a name.
    tempfile.tempdir = "/tmp"
    # What a library misses here is nothing that a student should read among what the program printed.
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for name in names:
            if name not in later:
                module = __import__(name)
            if name == "numpy":
                # A compiler for Fortran, which is left out; `from numpy import *` and SciPy take all that numpy names.
                module.f2py = sys.modules["numpy.f2py"] = types.ModuleType("numpy.f2py")
        for name in later:
            del sys.modules[name]
        for name in PARTS if for_many and later and "sklearn" in names else ():
            __import__(name)
