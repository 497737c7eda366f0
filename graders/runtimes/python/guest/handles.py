"""Objects that stay inside and are known to the grader by number."""

from trouble import GuestTrouble

HANDLE_CAP = 100_000


class Handles:
    """Keeps an object under one number, however often it is told."""

    def __init__(self):
        self._kept, self._ids, self._parts, self._next = {}, {}, {}, 1

    def keep(self, x):
        known = self._ids.get(id(x))
        if known is not None:
            return known
        if len(self._kept) >= HANDLE_CAP:
            raise GuestTrouble("large", f"more than {HANDLE_CAP} objects are kept")
        number, self._next = self._next, self._next + 1
        self._kept[number], self._ids[id(x)] = x, number
        return number

    def keep_parts(self, x, names):
        """What the parts of each item are called that `x` gives when it is gone through."""
        self._parts[self.keep(x)] = tuple(names)

    def parts_of(self, x):
        return self._parts.get(self._ids.get(id(x)), ())

    def get(self, number):
        if number not in self._kept:
            raise GuestTrouble("ours", f"there is no object {number} inside")
        return self._kept[number]

    def release(self, number):
        x = self._kept.pop(number, None)
        self._ids.pop(id(x), None)
        self._parts.pop(number, None)
