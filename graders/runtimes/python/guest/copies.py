"""
One process that has loaded its packages, and copies of it, each for one program: a copy costs a hundredth of what loading does.
No program is ever in the original. Before a copy hears of one it has left the original and all other copies behind: it has
namespaces, descriptors and limits of its own, and the filter that the original, which starts processes, cannot have.
"""

import ctypes
import gc
import json
import os
import resource
import select
import signal

import close_process

CONTROL = 3
# Where the descriptors of the copies begin, three for each (graders/sandbox/session/copies.ts).
FIRST = 64
# What the grader had inherited itself is covered up to here (graders/sandbox/session/start.ts).
LAST = 4096
THREADS = 64

CLONE_THREAD = 0x00010000
# User, processes, network, queues and shared memory, names, groups.
CLONE_NEW = 0x10000000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000 | 0x02000000
PR_SET_CHILD_SUBREAPER = 36
CAPABILITY_VERSION = 0x20080522


class _Libc:
    def __init__(self):
        self._libc = ctypes.CDLL(None, use_errno=True)

    def __call__(self, name, *args):
        if getattr(self._libc, name)(*[ctypes.c_ulong(it) if type(it) is int else it for it in args]) != 0:
            raise OSError(ctypes.get_errno(), name)


def serve():
    """Stays in the original for as long as somebody asks it; returns in every copy."""
    libc = _Libc()
    # So that it is told how a copy ends, whose parent has gone at once.
    libc("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    # What is collected would be copied.
    gc.collect()
    gc.freeze()
    running, made = {}, 0
    _tell(ready=True)
    while True:
        for found in select.select([CONTROL, *running], [], [])[0]:
            if found != CONTROL:
                pid, number = running.pop(found)
                status = os.waitpid(pid, 0)[1]
                os.close(found)
                died = os.WIFSIGNALED(status)
                _tell(ended=number, code=None if died else os.WEXITSTATUS(status), signal=signal.Signals(os.WTERMSIG(status)).name if died else None)
            elif os.read(CONTROL, 1) == b"":
                os._exit(0)
            else:
                pid = _copy(libc, made)
                if pid is None:
                    return
                running[os.pidfd_open(pid)] = pid, made
                _tell(copy=made, pid=pid)
                made += 1


def _copy(libc, number):
    """The number of the new process, as it is called here; None in that process."""
    # The kernel's own word that there is one thread: of several, a copy would have one, and wait for the others for ever.
    libc("unshare", CLONE_THREAD)
    heard, said = os.pipe()
    between = os.fork()
    if between == 0:
        try:
            libc("unshare", CLONE_NEW)
            pid = os.fork()
            if pid > 0:
                os.write(said, b"%d" % pid)
                os._exit(0)
            _become(libc, number)
            return None
        except BaseException:
            os._exit(70)
    os.close(said)
    told = os.read(heard, 20)
    os.close(heard)
    os.waitpid(between, 0)
    for place in _places(number):
        os.close(place)
    return int(told)


def _become(libc, number):
    nothing, end = os.pipe()
    os.close(end)
    for place, descriptor in enumerate((nothing, *_places(number))):
        os.dup2(descriptor, place)
    os.closerange(CONTROL + 1, LAST + 1)
    # Set in a user namespace of one's own they are counted there, and not together with what the others use.
    for limit, most in ((resource.RLIMIT_NPROC, THREADS), (resource.RLIMIT_SIGPENDING, 1024), (resource.RLIMIT_MEMLOCK, 0)):
        resource.setrlimit(limit, (most, most))
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    libc("capset", header, (ctypes.c_uint32 * 6)())
    close_process.close("/app/first.bpf")


def _places(number):
    """Standard output, standard error and the channel of a copy."""
    return range(FIRST + 3 * number, FIRST + 3 * number + 3)


def _tell(**said):
    os.write(CONTROL, json.dumps(said).encode() + b"\n")
