"""
`fit` and `evaluate` of models that are known to the last setting, without the graph that Keras makes anew for each model: the
same steps in numpy, with the callbacks and the history of Keras. Whatever else is asked of them goes to Keras.
"""

import contextlib
import functools
import inspect

import keras
import numpy
import tensorflow as tf
from keras.src.utils.python_utils import is_default
from tensorflow.python.data.ops import batch_op, from_tensor_slices_op, prefetch_op

from tensorflow_plain_models import methods, plain_model

# Data sets whose batches are the same every time.
STEADY = (batch_op._BatchDataset, from_tensor_slices_op._TensorSliceDataset, prefetch_op._PrefetchDataset)
# What either may be told besides; everything else has to be left as it is.
FIT = {"self", "x", "epochs", "verbose", "callbacks", "validation_data", "shuffle"}
EVALUATE = {"self", "x", "verbose", "return_dict"}
# What a callback may be told of between two epochs.
BETWEEN = [f"on_{part}batch_{side}" for part in ("", "train_", "test_") for side in ("begin", "end")] + ["on_test_begin", "on_test_end"]
_whole = {name: getattr(keras.Model, name) for name in ("fit", "evaluate")}
_signatures = {name: inspect.signature(method) for name, method in _whole.items()}
# Taken before any program could put others in their place.
Callback, CallbackList, ModelCheckpoint = keras.callbacks.Callback, keras.callbacks.CallbackList, keras.callbacks.ModelCheckpoint
_errstate, _most_epochs, _most_steps = numpy.errstate, keras.config.max_epochs, keras.config.max_steps_per_epoch


class PlainFits:
    """Stands before both, from `begin` on: where derivatives are others than the library's, or none, Keras is asked."""

    def __init__(self):
        self._known = None
        keras.Model.fit, keras.Model.evaluate = self._before("fit", _fitting), self._before("evaluate", _evaluating)

    def begin(self):
        """As the library's classes are now they have to be for as long as nothing is asked of Keras."""
        self._known = methods()

    def _before(self, name, plainly):
        @functools.wraps(_whole[name])
        def method(*args, **keywords):
            work = None
            # What is not known may raise; so that it does so as in Keras, it is asked there.
            with contextlib.suppress(Exception):
                if self._known is not None and self._known == methods():
                    work = plainly(_signatures[name].bind(*args, **keywords).arguments)
            return _whole[name](*args, **keywords) if work is None else work()

        return method


def _fitting(given):
    """The training that is asked for; None where it is more than plain."""
    epochs, callbacks = given.get("epochs", 1), _listed(given.get("callbacks"))
    if set(given) - FIT or type(epochs) is not int or callbacks is None or _most_epochs() or _most_steps():
        return None
    train, validates = _batches(given.get("x")), given.get("validation_data") is not None
    val = _batches(given["validation_data"]) if validates else None
    if not train or (validates and not val):
        return None
    plain = plain_model(given["self"], [*train, *(val or ())])
    return None if plain is None else lambda: _fit(given["self"], plain, train, val, epochs, given.get("verbose", "auto"), callbacks)


def _fit(model, plain, train, val, epochs, verbose, callbacks):
    told = CallbackList(callbacks, add_history=True, model=model, verbose=verbose, epochs=epochs, steps=len(train))
    model.stop_training, logs = False, None
    told.on_train_begin()
    for epoch in range(epochs):
        told.on_epoch_begin(epoch)
        with _errstate(all="ignore"):
            plain.read()
            for batch in train:
                plain.step(batch)
                if model.stop_training:
                    break
            logs = plain.errors()
            if val is not None:
                logs.update({f"val_{name}": error for name, error in plain.tested(val).items()})
            plain.write()
        told.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    told.on_train_end(logs=logs)
    return model.history


def _evaluating(given):
    batches = _batches(given.get("x"))
    if set(given) - EVALUATE or not batches or _most_steps():
        return None
    plain = plain_model(given["self"], batches)
    return None if plain is None else lambda: _evaluate(given["self"], plain, batches, given.get("return_dict", False))


def _evaluate(model, plain, batches, as_dictionary):
    with _errstate(all="ignore"):
        plain.read()
        logs = dict(sorted(plain.tested(batches).items()))
        plain.write()
    return logs if as_dictionary else model._flatten_metrics_in_order(logs)


def _listed(callbacks):
    """The callbacks where none is told of anything between two epochs; None for others."""
    listed = [] if callbacks is None else list(callbacks) if isinstance(callbacks, (list, tuple)) else [callbacks]
    return listed if all(isinstance(it, Callback) and _waits(it) for it in listed) else None


def _waits(callback):
    # It is told of every batch, and then asks itself whether it is to save.
    if type(callback) is ModelCheckpoint and callback.save_freq == "epoch":
        return True
    return all(is_default(getattr(callback, name)) for name in BETWEEN)


def _batches(data):
    """Rows and their targets, batch by batch; None for whatever may give others the next time."""
    found = data
    while type(found) in STEADY:
        if type(found) is from_tensor_slices_op._TensorSliceDataset:
            spec = data.element_spec
            is_pair = type(spec) is tuple and len(spec) == 2 and all(type(it) is tf.TensorSpec and it.shape.rank == 2 and it.dtype.is_floating for it in spec)
            return [(x.numpy(), y.numpy()) for x, y in data] if is_pair else None
        (found,) = found._inputs()
    return None
