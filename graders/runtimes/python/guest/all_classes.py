"""
A script that counts the classes in its labels is right about the whole of its data, which has every class; where the grader's
table lacks some, rows of them follow at its end while the script runs, and are cut off what comes of it.
"""

try:
    import numpy
except ImportError:  # a process that only reads source has none
    numpy = None


class AllClasses:
    """What a script is handed in the place of the tables of these arguments."""

    def __init__(self, pairs):
        self._labels = next(((spec, arg) for spec, arg in pairs if "classes" in spec and hasattr(arg, "__len__")), None)
        self._count, self._absent = 0, []
        if self._labels is not None:
            spec, labels = self._labels
            present = {int(label) for label in labels}
            self._count, self._absent = len(labels), [label for label in range(spec["classes"]) if label not in present]

    @property
    def rows(self):
        """As many as the script finds."""
        return self._count + len(self._absent)

    def completed(self, tables):
        """The tables with these rows: the first one's again, with labels of the absent classes."""
        if not self._absent:
            return tables
        name = self._labels[0]["loader"]
        return {loader: self._longer(numpy.asarray(table), loader == name) for loader, table in tables.items()}

    def cut(self, found):
        """What came of it without them, part by part."""
        if not self._absent:
            return found
        return {name: part[: self._count] if _length(part) == self.rows else part for name, part in found.items()}

    def _longer(self, table, is_labels):
        if is_labels:
            return numpy.concatenate([table.ravel(), numpy.asarray(self._absent, table.dtype)])
        rows = table.reshape(self._count, -1)
        return numpy.concatenate([rows, numpy.repeat(rows[:1], len(self._absent), axis=0)]).ravel()


def _length(part):
    shape = getattr(part, "shape", None)
    return shape[0] if shape is not None and len(shape) > 0 else None
