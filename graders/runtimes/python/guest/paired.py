"""
Mini-batches of a program's own generator in which every input has its own target again: that they belong together is asked of the
generator itself, and what a step of the network is asked for does not pay for it once more.
"""

import contextlib

try:
    import numpy
except ImportError:
    numpy = None


@contextlib.contextmanager
def paired(space, own, x, target):
    """For as long as a step is asked for, the generator of this name space gives inputs and targets as they were handed over."""
    names = [name for name, item in space.items() if item is own] if callable(own) else []

    def again(*args, **keywords):
        batches = own(*args, **keywords)
        mended = (_mended(batch, x, target) for batch in batches)
        return list(mended) if isinstance(batches, (list, tuple)) else mended

    for name in names:
        space[name] = again
    try:
        yield
    finally:
        for name in names:
            space[name] = own


def _mended(batch, x, target):
    """The batch with the targets of its inputs; as it is where one of them is not among those that were handed over."""
    if type(batch) not in (tuple, list) or len(batch) != 2 or numpy.shape(batch[1])[1:] != numpy.shape(target)[1:]:
        return batch
    inputs = numpy.asarray(batch[0])
    known = numpy.asarray(x)
    if inputs.shape[1:] != known.shape[1:] or len(batch[1]) != len(inputs):
        return batch
    same = [numpy.flatnonzero((known == row).all(axis=tuple(range(1, known.ndim)))) for row in inputs]
    if any(len(found) == 0 for found in same):
        return batch
    targets, known = numpy.array(batch[1]), numpy.asarray(target)
    for i, places in enumerate(same):
        # Equal inputs may have several targets, each of which is right.
        if not any(numpy.array_equal(known[place], targets[i]) for place in places):
            targets[i] = known[places[0]]
    return type(batch)([batch[0], targets])
