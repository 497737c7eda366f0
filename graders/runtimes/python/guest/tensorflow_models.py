"""Models of Keras: described by what they hold and by one look at what they compute, given weights, asked, compiled, made."""

import math

import keras
import tensorflow as tf

import tensorflow_forms
from look import class_name
from tensorflow_trainings import optimizer_of, step_of
from trouble import GuestTrouble, cut

LAYER_CAP = 1000
# What is told in place of the name of a layer.
IN_TRAINING = "something random in training"
NOISE = ("Dropout", "Noise", "ActivityRegularization")
RESTRAINTS = ("kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint")
# Keras has two names for it, and gives back the other one.
CALLED = {"silu": "swish"}
# What these compute is the same each time, with the library's own activations.
STEADY = {kind: kind.call for kind in (keras.layers.Dense, keras.layers.Flatten, keras.layers.Activation)}
ACTIVATIONS = [it for it in vars(keras.activations).values() if callable(it)]


def describe(model, carry):
    seen = _look(model)
    optimizer, loss = optimizer_of(model), _plain(getattr(model, "loss", None))
    idle = _idle(model, seen)
    layers = [_layer(layer, carry) for layer in seen.order[:LAYER_CAP] if layer not in idle]
    if all(layer["kind"] != "noise" for layer in layers) and _is_random_in_training(model, seen.takes):
        layers.append({"kind": "noise", "named": IN_TRAINING, "trainable": True, "restraints": [], "weights": []})
    return {
        "layers": layers,
        "inputShape": seen.takes,
        "outputShape": seen.gives,
        "parameters": sum(math.prod(weight.shape) for weight in model.weights),
        **({} if optimizer is None else {"optimizer": _optimizer(optimizer)}),
        **({} if loss is None else {"loss": cut(loss, 100)}),
    }


def setter(model):
    """Takes kernel and bias of every layer, in the order in which the layers are used."""

    def set_weights(arrays):
        slots = [weight for layer in _look(model).order for weight in layer.weights if _is_parameter(weight)]
        if len(slots) != len(arrays):
            raise GuestTrouble("threw", f"the model holds {len(slots)} weights and biases, and was given {len(arrays)}")
        for weight, array in zip(slots, arrays):
            weight.assign(tf.reshape(array, weight.shape))

    return set_weights


def predictor(model):
    """What the model gives when nothing is trained."""
    return lambda x: model(x, training=False)


def trainer(model):
    """One step of the model's own training; a graph would take longer to make than the few steps that are asked."""

    step = step_of(model)

    def train_on_batch(x, y):
        if step is not None:
            return step(tf.data.Dataset.from_tensors((x, y)))
        model.run_eagerly = True
        # A step of the program's own unpacks what `fit` hands over, which is less than this does.
        if type(model).train_step is not keras.Model.train_step:
            history = model.fit(tf.data.Dataset.from_tensors((x, y)), verbose=0).history
            return [history.pop("loss")[0], *(series[0] for series in history.values())]
        reported = model.train_on_batch(x, y)
        return [float(it) for it in reported] if isinstance(reported, (list, tuple)) else [float(reported)]

    return train_on_batch


def compiler(model):
    """Compiles as a record of the grader's says, whose metrics may be those of another model."""

    def compile(settings):
        metrics = [type(it).from_config(it.get_config()) if isinstance(it, keras.metrics.Metric) else it for it in settings["metrics"]]
        loss = "mean_squared_error" if settings["loss"] == "meanSquaredError" else settings["loss"]
        model.compile(optimizer=settings["optimizer"], loss=loss, metrics=metrics)

    return compile


def user_metrics(model):
    """The metrics with which the model was compiled, as they were given."""
    given = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None) or []
    return list(given.values()) if isinstance(given, dict) else list(given) if isinstance(given, (list, tuple)) else [given]


def metrics_names(model):
    """What is reported of the model, the loss first; a metric is called by its kind, however its owner calls it."""
    if step_of(model) is not None:
        return ["loss", "mae"]
    return ["loss", *(_plain(metric) or "other" for metric in user_metrics(model))]


METHODS = {"setWeights": setter, "predict": predictor, "trainOnBatch": trainer, "compile": compiler}
ATTRIBUTES = {"metricsNames": metrics_names, "metrics": user_metrics}


def build(plan):
    layers, usual = [keras.Input(tuple(plan["inputShape"]))], []
    for layer in tensorflow_forms.planned(plan["layers"]):
        if layer["kind"] == "flatten":
            layers.append(keras.layers.Flatten())
        if layer["kind"] == "dense":
            made = keras.layers.Dense(layer["units"], activation=_activation(layer.get("activation", "linear")))
            if layer["weights"]:
                # It begins with these, and draws none first; whoever makes another like it has the usual ones drawn.
                usual.append((made, made.kernel_initializer, made.bias_initializer))
                made.kernel_initializer, made.bias_initializer = map(_given, layer["weights"])
            layers.append(made)
        if layer["kind"] == "activation":
            layers.append(keras.layers.Activation(_activation(layer["activation"])))
    model = tensorflow_forms.joined(layers)
    for made, of_kernel, of_bias in usual:
        made.kernel_initializer, made.bias_initializer = of_kernel, of_bias
    return model


def _given(weights):
    return lambda shape, dtype=None: weights


def _activation(name):
    return "log_softmax" if name == "logSoftmax" else name


def _plain(named):
    """`mae`, `mean_absolute_error`, a class or an object of Keras as `meanAbsoluteError` or `mae`."""
    if named is None:
        return None
    if isinstance(named, type):
        return named.__name__
    if not isinstance(named, str):
        named = getattr(named, "__name__", None) or class_name(named)
    first, *rest = named.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _optimizer(optimizer):
    config = optimizer.get_config()
    numbers = {key: float(config[key]) for key in ("learning_rate", "momentum") if isinstance(config.get(key), (int, float))}
    spelled = [class_name(optimizer), *(f"{key} {config[key]}" for key in list(config)[:20] if key != "name")]
    return {
        "rule": "gradient-descent" if class_name(optimizer) == "SGD" else "other",
        **({"learningRate": numbers["learning_rate"]} if "learning_rate" in numbers else {}),
        **({"momentum": numbers["momentum"]} if "momentum" in numbers else {}),
        **({"nesterov": config["nesterov"]} if isinstance(config.get("nesterov"), bool) else {}),
        "spelled": cut(", ".join(spelled), 1000),
    }


def _is_parameter(weight):
    """Neither a count nor a seed, which some layers keep beside their weights."""
    return str(weight.dtype).startswith(("float", "bfloat"))


def _idle(model, seen):
    """Layers without weights that only lie in the model: neither asked nor trained does it call them."""
    spare = [layer for layer in seen.order if layer not in seen.called and not any(map(_is_parameter, layer.weights))]
    if not spare or not seen.takes:
        return []
    used, kept = [], [weight.numpy() for weight in model.non_trainable_weights]
    given = _looked(model, tf.zeros([2, *seen.takes[1:]], keras.config.floatx()), used, training=True)
    for weight, value in zip(model.non_trainable_weights, kept):
        weight.assign(value)
    return [] if given is None else [layer for layer in spare if layer not in used]


def _layer(layer, carry):
    config = layer.get_config() if type(layer).get_config is not keras.layers.Layer.get_config else {}
    named = class_name(layer)
    activation = config.get("activation")
    if isinstance(activation, dict):
        activation = activation.get("config") if isinstance(activation.get("config"), str) else activation.get("class_name")
    activation = {"Softmax": "softmax", "ReLU": "relu"}.get(named, activation)
    is_dense = isinstance(layer, keras.layers.Dense)
    return {
        "kind": "dense" if is_dense else "noise" if any(word in named for word in NOISE) else "other",
        "named": named,
        **({"units": int(layer.units)} if is_dense else {}),
        **({"activation": cut(CALLED.get(activation, activation), 100)} if isinstance(activation, str) else {}),
        "trainable": bool(layer.trainable),
        "restraints": [name for name in RESTRAINTS if getattr(layer, name, None) is not None],
        "weights": [] if carry is None else [carry("tensor", weight.numpy()) for weight in layer.weights if _is_parameter(weight)],
    }


class _Seen:
    """What one look at the model shows: its parts in the order in which they are used, and shapes."""

    def __init__(self):
        self.order, self.called, self.takes, self.gives = [], [], [], []


def _look(model):
    """Asks the model for the outputs of zeros; one that was never told what it takes is tried with what its layers may mean."""
    seen = _Seen()
    leaves = _leaves(model)
    used, taken, given = [], None, None
    for shape in _shapes(model):
        used = []
        given = _looked(model, tf.zeros([2, *shape], keras.config.floatx()), used)
        if given is not None:
            taken = shape
            break
    order = [layer for layer in dict.fromkeys(used) if layer in leaves]
    seen.order, seen.called = order + [layer for layer in _leaves(model) if layer not in order], order
    if taken is not None:
        seen.takes, seen.gives = [None, *taken], [None, *given[1:]]
    return seen


def _is_random_in_training(model, takes):
    """Whether the same inputs give other outputs each time in training, which a `call` may do without any layer that says so."""
    if not takes or _is_steady(model):
        return False
    x = tf.reshape(tf.linspace(0.1, 1.0, math.prod(takes[1:])), [1, *takes[1:]])
    x = tf.cast(tf.repeat(x, 2, axis=0), keras.config.floatx())
    kept = [weight.numpy() for weight in model.non_trainable_weights]
    try:
        first, second = (model(x, training=True) for _ in range(2))
        return not bool(tf.reduce_all(tf.equal(first, second)))
    except GuestTrouble:
        raise
    except Exception:
        return False
    finally:
        for weight, value in zip(model.non_trainable_weights, kept):
            weight.assign(value)


def _is_steady(model):
    """Whether it is a plain list of layers that are known to draw nothing: then it need not be tried, which takes longer than a look."""
    if type(model) is not keras.Sequential or "call" in vars(model):
        return False
    return all(
        STEADY.get(type(layer)) is type(layer).call and "call" not in vars(layer) and any(getattr(layer, "activation", None) is it for it in (None, *ACTIVATIONS))
        for layer in model.layers
    )


def _leaves(model):
    """The layers that hold no others, without those that stand for an input."""
    found = [layer for layer in model._flatten_layers(include_self=False) if not isinstance(layer, (keras.layers.InputLayer, keras.Model))]
    return [layer for layer in found if not list(layer._flatten_layers(include_self=False))]


def _shapes(model):
    """Of one example, as the model says it, or as its layers may mean it."""
    try:
        if isinstance(model.input_shape, tuple):
            yield [side or 1 for side in model.input_shape[1:]]
            return
    except (AttributeError, ValueError):
        pass
    # Of one that was made by being asked, any of the kernels that are there may be the first.
    for width in dict.fromkeys(layer.kernel.shape[0] for layer in _leaves(model) if isinstance(layer, keras.layers.Dense) and layer.built):
        side = math.isqrt(width)
        yield from ([side, side], [width]) if side > 1 and side * side == width else ([width],)
    yield from ([28, 28], [784], [28, 28, 1], [13])


def _looked(model, x, used, training=False):
    whole = keras.layers.Layer.__call__

    def noted(self, *args, **keywords):
        used.append(self)
        return whole(self, *args, **keywords)

    keras.layers.Layer.__call__ = noted
    try:
        y = model(x, training=training)
        return list(y.shape) if isinstance(y, tf.Tensor) else None
    except GuestTrouble:
        raise
    except Exception:
        return None
    finally:
        keras.layers.Layer.__call__ = whole
