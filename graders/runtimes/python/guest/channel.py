"""The guest's end of the wire: one frame in, one frame out, with blocking reads (graders/protocol/frame.ts)."""

import json
import os
import struct

CHANNEL = 3
JSON_CAP = 4 * 2**20
BINARY_CAP = 64 * 2**20

# Taken as values before any student code runs: what a name means later is of no account.
_read, _write, _loads, _dumps = os.read, os.write, json.loads, json.dumps
_exit = os._exit


def receive():
    """The next request and its bytes; ends the process when the grader has closed the channel."""
    json_length, binary_length = struct.unpack("<II", _exactly(8))
    request = _loads(_exactly(json_length))
    return request, _exactly(binary_length)


def send(reply, binary):
    """Writes a reply; false, having written nothing, when it is larger than the grader accepts."""
    try:
        text = _dumps(reply, allow_nan=False, separators=(",", ":")).encode("ascii")
    except (ValueError, TypeError, RecursionError):
        return False
    length = sum(len(part) for part in binary)
    if len(text) > JSON_CAP or length > BINARY_CAP:
        return False
    frame = memoryview(b"".join([struct.pack("<II", len(text), length), text, *binary]))
    sent = 0
    while sent < len(frame):
        sent += _patiently(lambda: _write(CHANNEL, frame[sent:]))
    return True


def _exactly(length):
    parts = []
    while length > 0:
        part = _patiently(lambda: _read(CHANNEL, min(length, 2**20)))
        if part == b"":
            _exit(0)
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _patiently(io):
    """The socket blocks; should a program have made it non-blocking, it is asked again."""
    while True:
        try:
            return io()
        except (BlockingIOError, InterruptedError):
            continue
        except (BrokenPipeError, ConnectionResetError):
            # The grader was killed, and nobody is left to end this process.
            _exit(0)
