"""
Loops of events without a socket: asyncio wakes its loop through a pair of them, and there are none here. A pipe does the same, so that
`asyncio.run(…)` and threads that hand something to a loop work as they do elsewhere.
"""

import importlib.machinery
import os
import sys

LOADED_LATE = "asyncio.selector_events"


class _End:
    """One end of a pipe, as far as the loop asks a socket."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        os.set_blocking(descriptor, False)

    def fileno(self):
        return self._descriptor

    def recv(self, size):
        return os.read(self._descriptor, size)

    def send(self, data):
        return os.write(self._descriptor, data)

    def close(self):
        os.close(self._descriptor)


def _by_pipe(loop):
    loop._ssock, loop._csock = map(_End, os.pipe())
    loop._internal_fds += 1
    loop._add_reader(loop._ssock.fileno(), loop._read_from_self)


class _Finder:
    """Changes that part of asyncio when somebody loads it, which takes longer than most programs."""

    def find_spec(self, name, path=None, target=None):
        if name != LOADED_LATE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        load = spec.loader.exec_module

        def loaded(module):
            load(module)
            module.BaseSelectorEventLoop._make_self_pipe = _by_pipe

        spec.loader.exec_module = loaded
        return spec


def without_sockets():
    """To be called before a program is there."""
    sys.meta_path.insert(0, _Finder())
