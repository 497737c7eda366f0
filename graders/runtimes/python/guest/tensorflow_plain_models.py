"""
Models of Keras that are a row of dense layers under gradient descent on the squared error, and nothing besides: everything of
them is known, as the library made it. Their variables as arrays, and back. Of any other model nothing is said.
"""

import numpy
import tensorflow as tf
from keras.src import activations, backend, layers, losses, metrics, models, optimizers

from dense_descent import DenseDescent

# Taken before any program could put others in their place.
Dense, InputLayer, Sequential, SGD, Variable = layers.Dense, layers.InputLayer, models.Sequential, optimizers.SGD, backend.Variable
MeanSquaredError, KINDS = losses.MeanSquaredError, (models.Sequential, models.Functional)
METRICS = (metrics.MeanSquaredError, metrics.MeanAbsoluteError, metrics.MeanMetricWrapper)
_squared, _loss_called, _floatx = losses.mean_squared_error, losses.get, backend.floatx
# Classes whose methods decide what a step does.
CLASSES = tuple(dict.fromkeys(kind for of in (*KINDS, Dense, SGD, *METRICS, MeanSquaredError) for kind in of.__mro__[:-1]))
# What Keras itself puts in the place of a method: in every layer, and in a model that is compiled.
OWN = {"build", "quantize", "loss"}
NUMBERS = {"float32": numpy.float32, "float64": numpy.float64}
ABSENT = {
    Dense: ("kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint", "lora_rank"),
    SGD: ("weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "loss_scale_factor", "gradient_accumulation_steps"),
}
ACTIVATIONS = {
    activations.linear: "linear", activations.relu: "relu", activations.sigmoid: "sigmoid", activations.tanh: "tanh", activations.silu: "swish",
    tf.nn.relu: "relu", tf.nn.sigmoid: "sigmoid", tf.nn.tanh: "tanh", tf.nn.silu: "swish",
}
ERRORS = {_squared: "squared", losses.mean_absolute_error: "absolute"}


def methods():
    """All methods of those classes, as they are now."""
    return [(kind, name, item) for kind in CLASSES for name, item in vars(kind).items() if callable(item) or isinstance(item, property)]


def plain_model(model, batches):
    """The model as arrays; None where anything of it is not known, or does not go with these batches."""
    dense, optimizer = _layers(model), getattr(model, "optimizer", None)
    if dense is None or not _is_plain(optimizer, SGD) or optimizer.use_ema or not _is_compiled(model):
        return None
    trained = [variable for layer in dense for variable in (layer.kernel, layer.bias) if variable is not None]
    if any((x.shape[1], y.shape[1]) != (dense[0].kernel.shape[0], dense[-1].units) for x, y in batches):
        return None
    if not optimizer.built:
        optimizer.build(trained)
    if [*map(id, optimizer._trainable_variables)] != [*map(id, trained)] or type(optimizer._learning_rate) is not Variable:
        return None
    told = _metrics(model, batches[0][1])
    return None if told is None else PlainModel(dense, trained, optimizer, [model._loss_tracker, *told])


class PlainModel:
    """What it computes with are the model's variables when they were last read, until they are written back."""

    def __init__(self, dense, trained, optimizer, told):
        self._trained, self._optimizer, self._told = trained, optimizer, told
        self._counted = [variable for metric in told for variable in (metric.total, metric.count)]
        shape = [(ACTIVATIONS[layer.activation], layer.bias is not None) for layer in dense]
        self._net = DenseDescent(shape, [ERRORS[metric._fn] for metric in told[1:]], NUMBERS[trained[0].dtype])
        self._steps = 0

    def read(self):
        optimizer = self._optimizer
        weights, velocities = ([variable.numpy() for variable in part] for part in (self._trained, optimizer.momentums))
        self._net.begin(weights, velocities, optimizer._learning_rate.numpy(), optimizer.momentum, optimizer.nesterov)
        self._steps = 0

    def write(self):
        values = [*self._net.weights, *self._net.velocities, *self._net.totals]
        for variable, value in zip([*self._trained, *self._optimizer.momentums, *self._counted], values):
            variable.value.assign(value, read_value=False)
        self._optimizer.iterations.value.assign_add(self._steps, read_value=False)

    def step(self, batch):
        self._net.step(batch)
        self._steps += 1

    def tested(self, batches):
        """What it reports of these alone."""
        self._net.forget()
        for batch in batches:
            self._net.test(batch)
        return self.errors()

    def errors(self):
        """What it reports of all batches since it was read, by the names that Keras has for it."""
        totals = self._net.totals
        return {metric.name: float(total / count) for metric, total, count in zip(self._told, totals[::2], totals[1::2])}


def _layers(model):
    """Its dense layers from the first to the last; None where it is more than a row of plain ones."""
    if type(model) not in KINDS or not model.built or not _has_no_own_methods(model) or not model.trainable:
        return None
    if type(model) is Sequential:
        found = model.layers
    else:
        depths = model._nodes_by_depth
        if len(model.outputs) != 1 or any(len(nodes) != 1 for nodes in depths.values()):
            return None
        first, *found = [depths[depth][0].operation for depth in sorted(depths, reverse=True)]
        if type(first) is not InputLayer:
            return None
    return found if found and all(map(_is_known, found)) and len({*map(id, found)}) == len(found) else None


def _is_known(layer):
    if not _is_plain(layer, Dense) or layer.activation not in ACTIVATIONS or not layer.built:
        return False
    kind, variables = _floatx(), [variable for variable in (layer.kernel, layer.bias) if variable is not None]
    return kind in NUMBERS and layer.trainable and layer.compute_dtype == kind and all(it.trainable and it.dtype == kind for it in variables)


def _is_plain(item, kind):
    """Whether it is of this very class and has nothing besides."""
    return type(item) is kind and _has_no_own_methods(item) and all(getattr(item, name) is None for name in ABSENT.get(kind, ()))


def _has_no_own_methods(item):
    return not any(name not in OWN and callable(getattr(type(item), name, None)) for name in vars(item))


def _is_compiled(model):
    """Whether it is compiled for the mean squared error alone, and neither layers nor anybody else add to that."""
    compiled = model._compile_loss
    if not model.compiled or compiled is None or model._distribute_strategy is not None or model.steps_per_execution != 1:
        return False
    loss = _loss_called(compiled._user_loss) if isinstance(compiled._user_loss, str) else compiled._user_loss
    if _is_plain(loss, MeanSquaredError) and loss.reduction == "sum_over_batch_size" and loss.dtype == _floatx() and not loss._fn_kwargs:
        loss = loss.fn
    others = (compiled._user_loss_weights, model.train_function, model.test_function)
    return loss is _squared and others == (None, None, None) and model.losses == []


def _metrics(model, targets):
    """What it reports beside the loss, each a mean over all examples; None where anything else is among it."""
    compiled = model._compile_metrics
    if compiled is None:
        return [] if model.metrics == [model._loss_tracker] else None
    if compiled._user_weighted_metrics or not isinstance(compiled._user_metrics, (list, tuple)):
        return None
    if not compiled.built:
        compiled.build(targets, targets)
    found = list(compiled.metrics)
    known = all(type(it) in METRICS and _has_no_own_methods(it) and it._fn in ERRORS and not it._fn_kwargs and it.dtype == _floatx() for it in found)
    names = ["loss", *(it.name for it in found)]
    return found if known and model.metrics == [model._loss_tracker, compiled] and len({*names}) == len(names) else None
