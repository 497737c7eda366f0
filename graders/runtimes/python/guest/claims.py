"""What a notebook has stored beside its cells: a student's claims, cut to what a page can show. Texts stay texts; nothing is run."""

import base64
import re

from trouble import cut

# Of one cell, of one text, and of a whole notebook; in characters.
OUTPUTS, TEXT, TEXTS = 6, 1500, 40_000
# A picture larger than this, or larger in all, is named and not carried.
PICTURE, PICTURES, SIDE = 48_000, 128_000, 2000
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KINDS = {"image/jpeg": "a picture (JPEG)", "image/svg+xml": "a picture (SVG)", "text/html": "a table or page (HTML)"}
OLD = {"text": "text/plain", "png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml", "html": "text/html", "latex": "text/latex"}


class Claims:
    """Reads outputs cell by cell, and says less the more there has been."""

    def __init__(self):
        self._texts, self._pictures = TEXTS, PICTURES

    def of(self, outputs):
        """What one cell's outputs claim; of more than fit it is said how many there are."""
        whole = outputs if type(outputs) is list else []
        found = [claim for output in whole[:OUTPUTS] if type(output) is dict for claim in [self._one(output)] if claim is not None]
        return found + ([_named(f"{len(whole) - OUTPUTS} more outputs")] if len(whole) > OUTPUTS else [])

    def _one(self, output):
        kind = output.get("output_type")
        if kind == "stream":
            return self._text(_joined(output.get("text")))
        if kind in ("error", "pyerr"):
            return self._text(f"{_joined(output.get('ename'))}: {_joined(output.get('evalue'))}")
        data = output.get("data")
        if type(data) is not dict:
            data = {OLD[key]: item for key, item in output.items() if key in OLD}
        return self._data(data)

    def _data(self, data):
        if "image/png" in data:
            return self._picture(_joined(data["image/png"]))
        named = next((KINDS[kind] for kind in KINDS if kind in data and kind != "text/html"), None)
        if named is not None:
            return _named(named)
        if "text/plain" in data:
            return self._text(_joined(data["text/plain"]))
        first = next((key for key in data if type(key) is str), None)
        return None if first is None else _named(KINDS.get(first, f"something else ({cut(first, 60)})"))

    def _text(self, text):
        if text.strip() == "":
            return None
        room = min(TEXT, self._texts)
        if room <= 0:
            return _named(f"a text of {len(text)} characters")
        self._texts -= min(room, len(text))
        return {"kind": "text", "text": cut(text, room)}

    def _picture(self, encoded):
        encoded = re.sub(r"\s+", "", encoded[: 2 * PICTURE])
        size = _size_of(encoded)
        if size is None:
            return _named("a picture that cannot be read")
        width, height = size
        fits = len(encoded) <= min(PICTURE, self._pictures) and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", encoded) is not None
        if not fits or max(size) > SIDE:
            return _named(f"a picture of {width} × {height} pixels")
        self._pictures -= len(encoded)
        return {"kind": "picture", "png": encoded, "width": width, "height": height}


def _size_of(encoded):
    """Width and height as a PNG's first bytes say; None for what does not begin as one."""
    try:
        head = base64.b64decode(encoded[:32])
    except ValueError:
        return None
    if head[:8] != SIGNATURE or head[12:16] != b"IHDR":
        return None
    width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    return (width, height) if 0 < width < 2**31 and 0 < height < 2**31 else None


def _named(what):
    return {"kind": "named", "what": what}


def _joined(text):
    """A text, which a notebook may hold in lines."""
    parts = text if type(text) is list else [text]
    return "".join(part for part in parts if type(part) is str)
