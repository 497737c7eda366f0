"""The guest's end of the wire: one frame in, one frame out, with blocking reads (graders/protocol/frame.ts)."""

import json
import os
import struct

CHANNEL = 3
JSON_CAP = 4 * 2**20
BINARY_CAP = 64 * 2**20

# Taken as values before any student code runs: what a name means later is of no account.
_read, _write, _exit = os.read, os.write, os._exit
# Made once: `json.loads` and `json.dumps` make others for every message.
_loads, _dumps = json.JSONDecoder().decode, json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode
# So much of a request is asked for at once: most are smaller, and one read is all that they take.
MOSTLY = 2**16


def receive():
    """The next request and its bytes; ends the process when the grader has closed the channel."""
    frame = _more(b"", 8)
    json_length, binary_length = struct.unpack("<II", frame[:8])
    begin = 8 + json_length
    frame = _more(frame, begin + binary_length)
    return _loads(frame[8:begin].decode()), frame[begin:]


def send(reply, binary):
    """Writes a reply; false, having written nothing, when it is larger than the grader accepts."""
    try:
        text = _dumps(reply).encode("ascii")
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


def _more(begun, length):
    """What has come and as much more as makes it so long. No request comes before the one in front of it was answered."""
    parts, missing = [begun], length - len(begun)
    while missing > 0:
        part = _patiently(lambda: _read(CHANNEL, min(max(missing, MOSTLY), 2**20)))
        if part == b"":
            _exit(0)
        parts.append(part)
        missing -= len(part)
    return b"".join(parts) if len(parts) > 1 else begun


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
