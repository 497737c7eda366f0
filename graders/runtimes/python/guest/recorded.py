"""
What a script says of a training: the settings with which it compiles, fits and optimises, as its text has them, in words that
know no library. While it runs, such calls are made by way of a listener, which keeps what they were handed and what they gave.
"""

import ast

from trouble import cut

RULES = {"SGD": "gradient descent", "Adam": "Adam", "AdamW": "AdamW", "RMSprop": "RMSprop", "Adagrad": "Adagrad", "Nadam": "Nadam"}
LOSSES = {
    "CrossEntropyLoss": "cross-entropy", "NLLLoss": "negative log-likelihood", "MSELoss": "mean squared error", "L1Loss": "mean absolute error",
}
CALLBACKS = {
    "EarlyStopping": "stops early", "ModelCheckpoint": "keeps weights", "ReduceLROnPlateau": "lowers the learning rate",
    "LearningRateScheduler": "changes the learning rate",
}
LISTENED = frozenset({*RULES, *LOSSES, *CALLBACKS, "compile", "fit", "evaluate", "load_model"})
# What libraries call the same setting.
SAME = {"lr": "learning rate", "metrics": "metric", "optimizer": "optimiser", "batch_size": "batches of", "restore_best_weights": "best weights restored"}
SILENT = {"verbose", "callbacks", "params", "validation_data", "x", "y"}


class Recorded:
    """Makes the calls that it is asked for, and keeps them."""

    def __init__(self):
        self._calls = []
        # Told of everything that a call gives, before its caller goes on with it.
        self.whenever = None
        # What stands in the place of every optimiser that is made.
        self.optimizer = None

    def called(self, name, function, /, *args, **keywords):
        """What the call gives."""
        gave = function(*args, **keywords) if self.optimizer is None or name not in RULES else self.optimizer
        self._calls.append((name, keywords, gave))
        if self.whenever is not None:
            self.whenever(gave)
        return gave

    @property
    def gave(self):
        """What all calls gave, in their order."""
        return [gave for _, _, gave in self._calls]

    @property
    def made(self):
        """The optimisers that were made."""
        return [gave for name, _, gave in self._calls if name in RULES]

    def last(self, name):
        """Keyword arguments and result of the last call of this name; two Nones where there was none."""
        return next(((keywords, gave) for called, keywords, gave in reversed(self._calls) if called == name), (None, None))


def settings_of(nodes, constants):
    """Every call with settings of a training among these statements, in a few words; `constants` are names that hold one."""
    calls = [part for node in nodes for part in ast.walk(node) if isinstance(part, ast.Call)]
    return list(dict.fromkeys(words for call in calls for words in [_in_words(call, constants)] if words))


def constants_of(nodes):
    """Names that are bound to one constant, and to nothing else."""
    bound = {}
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Assign) and len(part.targets) == 1 and isinstance(part.targets[0], ast.Name):
                bound.setdefault(part.targets[0].id, []).append(part.value)
    return {name: values[0] for name, values in bound.items() if len(values) == 1 and isinstance(values[0], ast.Constant)}


def _in_words(call, constants):
    name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else None
    settings = [_setting(keyword, constants) for keyword in call.keywords if keyword.arg and keyword.arg not in SILENT]
    settings = [setting for setting in settings if setting is not None]
    if name in RULES:
        first = _plain(call.args[0], constants) if call.args else None
        return _joined(f"optimiser: {RULES[name]}", ([f"learning rate {first}"] if first else []) + settings)
    if name in LOSSES:
        return _joined(f"loss: {LOSSES[name]}", settings)
    if name in CALLBACKS:
        return _joined(CALLBACKS[name], settings)
    return ", ".join(settings) if name == "compile" or (name == "fit" and settings) else None


def _setting(keyword, constants):
    called = SAME.get(keyword.arg, keyword.arg.replace("_", " "))
    plain = _plain(keyword.value, constants)
    if plain in ("True", "False"):
        return called if plain == "True" else f"not {called}"
    return None if plain is None else f"{called} {plain}"


def _plain(node, constants):
    """A setting as a reader would write it; None for what is computed, or made by another call."""
    node = constants.get(node.id, node) if isinstance(node, ast.Name) else node
    if isinstance(node, (ast.List, ast.Tuple)) and 0 < len(node.elts) < 6:
        parts = [_plain(item, constants) for item in node.elts]
        return None if None in parts else " and ".join(parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return cut(f"−{node.operand.value}", 40)
    return cut(str(node.value), 40) if isinstance(node, ast.Constant) and node.value is not None else None


def _joined(what, settings):
    return cut(", ".join([what, *settings]), 300)
