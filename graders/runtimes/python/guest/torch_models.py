"""Models of PyTorch: described by what they hold and by one look at what they compute, given weights, asked for predictions, made."""

import math

import torch
from torch import nn

from look import class_name
from torch_parameters import Parameters, holds_loose, loose_in, widths_of
from trouble import GuestTrouble, cut

LAYER_CAP = 1000
ACTIVATIONS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid}
# What is told in place of the name of a part.
IN_TRAINING = "something random in training"
ENDS = {nn.Softmax: "softmax", nn.LogSoftmax: "logSoftmax"}


def describe(model, carry):
    seen = _look(model)
    described = [_layer(layer, carry) for layer in _in_order(model, seen)[:LAYER_CAP] if not _is_idle(layer, seen)]
    described += [_word(kind, named) for kind, named in seen.functions]
    return {
        "layers": described + ([{**_word("other", seen.ends_in), "activation": seen.ends_in}] if seen.ends_in else []),
        "inputShape": seen.takes,
        "outputShape": seen.gives,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
    }


def setter(model):
    """Takes kernel and bias of every layer, kernels as inputs × outputs, whichever way round the layer keeps them."""

    def set_weights(arrays):
        layers = [layer for layer in _in_order(model, _look(model)) if _kernel(layer) is not None]
        slots = [slot for layer in layers for slot in _slots(layer)]
        if len(slots) != len(arrays):
            raise GuestTrouble("threw", f"the model holds {len(slots)} weights and biases, and was given {len(arrays)}")
        with torch.no_grad():
            for (parameter, turned), array in zip(slots, arrays):
                array = torch.as_tensor(array)
                parameter.copy_((array.T if turned else array).reshape(parameter.shape))

    return set_weights


def predictor(model):
    """What the model gives when nothing is trained."""

    def predict(x):
        training = model.training
        try:
            with torch.no_grad():
                return model.eval()(x)
        finally:
            model.train(training)

    return predict


def build(plan):
    made = []
    for layer in plan["layers"]:
        if layer["kind"] == "flatten":
            made.append(nn.Flatten())
        if layer["kind"] == "dense":
            kernel, bias = layer["weights"] or (None, None)
            width = math.prod(plan["inputShape"]) if not any(type(it) is nn.Linear for it in made) else _last_width(made)
            dense = nn.Linear(width, layer["units"])
            made.append(dense)
            if kernel is not None:
                with torch.no_grad():
                    dense.weight.copy_(kernel.T)
                    dense.bias.copy_(bias)
        made += _activation(layer.get("activation", "linear"))
    return nn.Sequential(*made)


def _last_width(made):
    return next(it.out_features for it in reversed(made) if type(it) is nn.Linear)


def _activation(name):
    if name == "linear":
        return []
    end = next((kind for kind, called in ENDS.items() if called == name), None)
    return [ACTIVATIONS[name]() if end is None else end(dim=-1)]


def _layers(model):
    """The parts that hold weights of their own or stand at the end of the tree, each once."""
    return [part for part in model.modules() if next(part.children(), None) is None or _own(part)]


def _own(part):
    if isinstance(part, Parameters):
        return [it for it in (part.kernel, part.bias) if it is not None]
    return [parameter for parameter in part.parameters(recurse=False)]


def _in_order(model, seen):
    """Layers in the order of their use; weights that lie in no layer come first."""
    layers = _layers(model)
    apart = [layer for layer in layers if holds_loose(layer)]
    whole = [layer for layer in layers if layer not in apart]
    used = [layer for layer in seen.order if layer in whole]
    loose = loose_in(apart, math.prod(seen.takes[1:]))
    return loose + used + [layer for layer in whole if layer not in used]


def _kernel(layer):
    if isinstance(layer, Parameters):
        return layer.kernel
    matrices = [parameter for parameter in _own(layer) if parameter.dim() == 2]
    return matrices[0] if len(matrices) == 1 else None


def _slots(layer):
    """The layer's kernel and bias as (parameter, whether it is kept as outputs × inputs)."""
    kernel = _kernel(layer)
    others = [(parameter, False) for parameter in _own(layer) if parameter is not kernel]
    return [(kernel, _is_turned(layer)), *others]


def _is_turned(layer):
    return layer.turned if isinstance(layer, Parameters) else isinstance(layer, nn.Linear)


def _is_beside(layer, named):
    """Changes what is trained, and no prediction shows it: also what normalises a batch without weights of its own."""
    return "Dropout" in named or (isinstance(layer, nn.modules.batchnorm._NormBase) and not _own(layer))


def _is_idle(layer, seen):
    """Whether it only lies in the model: no weights, and neither asked nor trained does the model call it."""
    return bool(seen.takes) and layer not in seen.called and not _own(layer)


def _layer(layer, carry):
    kernel, named = _kernel(layer), class_name(layer)
    is_dense = kernel is not None and not isinstance(layer, nn.Embedding)
    turned = _is_turned(layer)
    weights = _slots(layer) if is_dense else [(parameter, False) for parameter in _own(layer)]
    return {
        "kind": "dense" if is_dense else "noise" if _is_beside(layer, named) else "other",
        "named": named,
        **({"units": kernel.shape[0 if turned else 1]} if is_dense else {}),
        **({"activation": ENDS[type(layer)]} if type(layer) in ENDS else {}),
        "trainable": all(parameter.requires_grad for parameter in _own(layer)),
        "restraints": sorted(cut(name, 100) for name in getattr(layer, "parametrizations", {})),
        "weights": [] if carry is None else [carry("tensor", (p.T if turn else p).detach().cpu().numpy()) for p, turn in weights],
    }


def _word(kind, named):
    return {"kind": kind, "named": named, "trainable": True, "restraints": [], "weights": []}


class _Seen:
    """What one look at the model shows: its parts in the order in which they are used, shapes, and what no part says."""

    def __init__(self):
        self.order, self.called, self.functions, self.takes, self.gives, self.ends_in = [], set(), [], [], [], None


def _look(model):
    """Asks the model for the outputs of random inputs, in each of the shapes that its first layer may mean."""
    seen = _Seen()
    state = torch.random.get_rng_state()
    torch.manual_seed(0)
    try:
        for shape in _shapes(model):
            if _looked(model, torch.rand(3, *shape), seen):
                seen.takes = [None, *shape]
                break
    finally:
        torch.random.set_rng_state(state)
    return seen


def _shapes(model):
    """Of one example, as the layers may mean it: any of them may be the first, in whatever order they were made."""
    slots = [_slots(layer)[0] for layer in _layers(model) if _kernel(layer) is not None]
    loose = widths_of([layer for layer in _layers(model) if holds_loose(layer)])
    widths = list(dict.fromkeys([*loose, *(kernel.shape[1 if turned else 0] for kernel, turned in slots)]))[:20]
    for features in widths:
        side = math.isqrt(features)
        if side * side == features and side > 1:
            yield from ([side, side], [1, side, side])
        yield [features]


def _looked(model, x, seen):
    order, functions = [], []
    hooks = [part.register_forward_pre_hook(lambda part, _: order.append(part)) for part in _layers(model)]
    try:
        return _looked_through(model, x, seen, order, functions)
    finally:
        for hook in hooks:
            hook.remove()


def _looked_through(model, x, seen, order, functions):
    """`order` fills up with the parts that are called."""
    names = ["dropout", "alpha_dropout", "feature_dropout", "feature_alpha_dropout"]
    whole = {name: getattr(nn.functional, name) for name in names if hasattr(nn.functional, name)}

    def noted(name):
        def call(*args, **keywords):
            if not (order and "Dropout" in class_name(order[-1])):
                functions.append(("noise", name))
            return whole[name](*args, **keywords)

        return call

    try:
        for name in whole:
            setattr(nn.functional, name, noted(name))
        y = predictor(model)(x)
        if not isinstance(y, torch.Tensor):
            return False
    except GuestTrouble:
        raise
    except BaseException:
        return False
    finally:
        for name, function in whole.items():
            setattr(nn.functional, name, function)
    seen.order = list(dict.fromkeys(order))
    said_noise = functions or any("Dropout" in class_name(part) for part in order)
    if not said_noise and _is_random_in_training(model, x):
        functions.append(("noise", IN_TRAINING))
    # What only a training calls is part of the model as well.
    seen.called = set(order)
    seen.functions = list(dict.fromkeys(functions))
    seen.gives = [None, *y.shape[1:]]
    said = seen.order and type(seen.order[-1]) in ENDS
    if y.dim() == 2 and not said:
        seen.ends_in = "softmax" if _sums_to_one(y) else "logSoftmax" if bool((y <= 0).all()) and _sums_to_one(y.exp()) else None
    return True


def _is_random_in_training(model, x):
    """Whether the same inputs give other outputs each time in training, which a `forward` may do without any part that says so."""
    training, kept = model.training, [(buffer, buffer.clone()) for buffer in model.buffers()]
    try:
        with torch.no_grad():
            first, second = (model.train()(x) for _ in range(2))
            return not torch.equal(first, second)
    except GuestTrouble:
        raise
    except BaseException:
        return False
    finally:
        model.train(training)
        with torch.no_grad():
            for buffer, value in kept:
                buffer.copy_(value)


def _sums_to_one(y):
    return bool((y >= 0).all()) and bool(((y.sum(dim=1) - 1).abs() < 1e-4).all())
