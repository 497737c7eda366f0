"""
The form in which a program writes its models: activations as layers of their own or as a dense layer's, in a row or as a graph.
Where a script has one model and a function that is handed it, the grader's models for that function have its form.
"""

import contextlib

import keras

_like = []


@contextlib.contextmanager
def like(model):
    """While this is entered models are built in the form of this one; as they are planned where there is none, or one of another kind."""
    _like.append(_form(model))
    try:
        yield
    finally:
        _like.pop()


def planned(layers):
    """The layers of a plan in that form."""
    form = _like[-1] if _like else None
    if form is None:
        return layers
    dense = [at for at, layer in enumerate(layers) if layer["kind"] == "dense"]
    found = layers[: dense[0]]
    for at in dense:
        layer = layers[at]
        after = layers[at + 1] if at + 1 < len(layers) else {}
        activation = after["activation"] if after.get("kind") == "activation" else layer.get("activation", "linear")
        is_apart = activation != "linear" and form["apart"][at == dense[-1]]
        found.append({**layer, "activation": "linear" if is_apart else activation})
        found += [{"kind": "activation", "activation": activation}] if is_apart else []
    return found


def joined(layers):
    """A model of these layers, the first of which is its input."""
    if not (_like and _like[-1] and _like[-1]["graph"]):
        return keras.Sequential(layers)
    first = x = layers[0]
    for layer in layers[1:]:
        x = layer(x)
    return keras.Model(first, x)


def _form(model):
    kind = type(model)
    if not issubclass(kind, (keras.Sequential, keras.src.models.functional.Functional)):
        return None
    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    if len(dense) < 2:
        return None
    apart = [layer.activation is keras.activations.linear for layer in (dense[0], dense[-1])]
    return {"apart": apart, "graph": not issubclass(kind, keras.Sequential)}
