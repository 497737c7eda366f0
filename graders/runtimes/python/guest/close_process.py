"""The second system-call filter, which the guest puts over itself once all that it needs is loaded: no new program, no signal."""

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2


def close(path):
    """Installs the filter of the file; without it no program is hosted."""
    import ctypes
    import sys

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    with open(path, "rb") as file:
        instructions = file.read()
    kept = ctypes.create_string_buffer(instructions, len(instructions))
    program = Program(len(instructions) // 8, ctypes.cast(kept, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the second system-call filter could not be installed")
    for name in [name for name in sys.modules if name == "ctypes" or name.startswith("ctypes.")]:
        del sys.modules[name]
