"""
The parts of a loop that trains with TensorFlow, known by what they hold, and the grader's in their form; and models that are
trained by such a loop of their program's own.
"""

import contextlib
import weakref

import keras
import numpy
import tensorflow as tf

_trained_by = weakref.WeakKeyDictionary()


def role_of(x):
    """`model`, `optimizer`, `loss`, `batches`, a `table` of rows, a `column` of targets; None for anything else."""
    kind = type(x)
    if issubclass(kind, keras.Model):
        return "model"
    if issubclass(kind, keras.optimizers.Optimizer):
        return "optimizer"
    if issubclass(kind, keras.losses.Loss):
        return "loss"
    if issubclass(kind, tf.data.Dataset):
        return "batches"
    if issubclass(kind, (numpy.ndarray, tf.Tensor)) and len(x.shape) in (1, 2):
        return "table" if len(x.shape) == 2 and x.shape[1] > 1 else "column"
    return None


def optimizer_of(model):
    """The optimiser by which a model is trained; None for one of which nobody has said so."""
    known = _trained_by.get(model)
    return getattr(model, "optimizer", None) if known is None else known[0]


def loss_of(model):
    """The mean over a batch by which a model of the grader's is trained; None for any other."""
    return keras.losses.MeanSquaredError() if getattr(model, "loss", None) == "mean_squared_error" else None


def train_by(model, optimizer, step):
    """Has a model take its steps by a loop of the program's own: `step` of a batch gives the errors that it tells."""
    _trained_by[model] = optimizer, step


@contextlib.contextmanager
def without_graphs():
    """For few steps: a graph takes longer to make than they take without one."""
    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)


def step_of(model):
    """That step; None for a model that Keras trains."""
    known = _trained_by.get(model)
    return None if known is None else known[1]


def made_anew(optimizer):
    """Another one with the same settings, which has made no step."""
    return type(optimizer).from_config(optimizer.get_config())


def rows_of(batches):
    """The features and targets of all batches."""
    parts = [(numpy.asarray(x), numpy.asarray(y)) for x, y in batches]
    return [numpy.concatenate(part) for part in zip(*parts)]


def batches_like(batches, own):
    """A data set of the grader's, with shapes and types as the program's own has them."""
    x, y = own.element_spec

    def like(features, targets):
        if y.shape.rank == 1:
            targets = tf.reshape(targets, [-1])
        return tf.cast(features, x.dtype), tf.cast(targets, y.dtype)

    return batches.map(like)


def even(batches):
    """The same rows in batches of one size, so that a mean over batches is one over rows: loops of scripts take either."""
    rows = sum(int(x.shape[0]) for x, _ in batches)
    return batches.unbatch().batch(next((size for size in range(rows // 2, 1, -1) if rows % size == 0), 1))


def rows_like(rows, own):
    """The same of all rows at once."""
    x, y = own.element_spec
    features, targets = rows
    return [features.astype(x.dtype.as_numpy_dtype), targets.reshape(-1 if y.shape.rank == 1 else (-1, 1)).astype(y.dtype.as_numpy_dtype)]


def shaped_like(rows, own):
    """Rows, or their targets, of the program's own kind."""
    if len(own.shape) == 1:
        rows = rows.reshape(-1)
    kind = own.dtype.as_numpy_dtype if isinstance(own, tf.Tensor) else own.dtype
    return tf.constant(rows.astype(kind)) if isinstance(own, tf.Tensor) else rows.astype(kind)
