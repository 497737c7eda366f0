"""
What a program writes to files and reads again, where nothing can be written: kept in memory under its path for as long as the process
lives. Every folder that is asked for is there. What was never written is not, and says so as ever.
"""

import builtins
import errno
import io
import os

_open, _mkdir, _remove = io.open, os.mkdir, os.remove
_asked = {name: getattr(os.path, name) for name in ("exists", "isfile")}
_kept = {}


def keep_in_memory():
    """Exchanges what opens, makes folders and looks; the calls below them are refused as before."""
    builtins.open = io.open = open_kept
    os.mkdir = _made
    os.remove = os.unlink = _removed
    for name, whole in _asked.items():
        setattr(os.path, name, _or_kept(whole))


def open_kept(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """`open`, whose files for writing lie in memory."""
    path = _path(file)
    writes = type(mode) is str and any(letter in mode for letter in "wax")
    if path is None or opener is not None or not (writes or path in _kept):
        return _open(file, mode, buffering, encoding, errors, newline, closefd, opener)
    if "x" in mode and path in _kept:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), file)
    raw = _Kept(path, writes or "+" in mode, b"" if "w" in mode or "x" in mode else _kept.get(path, b""))
    if "a" in mode:
        raw.seek(0, io.SEEK_END)
    if "b" in mode:
        return raw
    return io.TextIOWrapper(raw, encoding or "utf-8", errors, newline)


class _Kept(io.BytesIO):
    """A file that is kept when it is closed, or let go of."""

    def __init__(self, path, writes, begun):
        super().__init__(begun)
        self.name, self._writes = path, writes
        if writes:
            _kept[path] = begun

    def writable(self):
        return self._writes

    def write(self, part):
        if not self._writes:
            raise io.UnsupportedOperation("not writable")
        return super().write(part)

    def flush(self):
        super().flush()
        self._keep()

    def close(self):
        if not self.closed:
            self._keep()
        super().close()

    def _keep(self):
        if self._writes and self.name in _kept:
            _kept[self.name] = self.getvalue()


def _path(file):
    """The path that is meant, in one form; None for a number, and for what `open` itself has to refuse."""
    try:
        path = os.fspath(file)
        path = os.fsdecode(path) if type(path) is bytes else path
        return os.path.abspath(path) if type(path) is str and path and "\0" not in path else None
    except (TypeError, ValueError, OSError):
        return None


def _made(path, mode=0o777, *, dir_fd=None):
    try:
        return _mkdir(path, mode, dir_fd=dir_fd)
    except OSError as refused:
        if refused.errno not in (errno.EROFS, errno.ENOENT):
            raise


def _removed(path, *, dir_fd=None):
    if _kept.pop(_path(path), None) is None:
        _remove(path, dir_fd=dir_fd)


def _or_kept(whole):
    return lambda path: _path(path) in _kept or whole(path)
