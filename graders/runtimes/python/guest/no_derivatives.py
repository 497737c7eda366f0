"""
Who lets TensorFlow differentiate: its entry points in Python are guarded and tell that they were used. Without derivatives
nothing is left behind them, since every gradient function of an operation is looked up in one registry; with marked ones each
derivative is larger by a factor that nothing else brings (graders/numerics/marked-derivative.ts).
"""

import sys
import types

import keras
import tensorflow as tf
from tensorflow.python import pywrap_tfe
from tensorflow.python.eager import backprop, forwardprop, imperative_grad
from tensorflow.python.framework import ops, registry
from tensorflow.python.ops import gradients_util
from tensorflow.python.training import optimizer as old_optimizer

import operations_that_derive

MARK = 21 / 16


class NotHere(Exception):
    """Something that differentiates was called where there is no derivative."""


class Derivatives:
    """Notes the first use of a derivative within a request."""

    def __init__(self):
        self.used = self.absent = None
        self._extent, self._inside = "whole", 0
        self._guard_all()

    def watch(self):
        self.used = self.absent = None

    def become(self, extent):
        self._extent = extent
        if extent == "forward":
            self._remove()
        if extent == "marked":
            self._mark()

    def _note(self, label):
        self.used = self.used or label
        if self._extent == "forward":
            self.absent = self.absent or label
            raise NotHere(f"calls {label}, which is not there")

    def _guard(self, holder, name, label):
        original = getattr(holder, name)

        def guarded(*args, **keywords):
            self._note(label)
            return original(*args, **keywords)

        guarded.__name__, guarded.__doc__ = name, getattr(original, "__doc__", None)
        setattr(holder, name, guarded)

    def _guard_all(self):
        for name in ("gradient", "jacobian", "batch_jacobian"):
            self._guard(backprop.GradientTape, name, f"tf.GradientTape.{name}")
        self._guard(forwardprop.ForwardAccumulator, "jvp", "tf.autodiff.ForwardAccumulator")
        self._guard(keras.Model, "fit", "model.fit")
        self._guard(keras.Model, "train_on_batch", "model.train_on_batch")
        for name in ("apply", "apply_gradients"):
            self._guard(keras.optimizers.Optimizer, name, f"optimizer.{name}")
        for name in ("minimize", "compute_gradients", "apply_gradients"):
            self._guard(old_optimizer.Optimizer, name, f"optimizer.{name}")
        self._guard(ops, "get_gradient_function", "the gradient of an operation")
        self._guard_registry()
        self._guard(gradients_util, "_GradientsHelper", "tf.gradients")
        self._guard_functions(operations_that_derive.guard(self._note))

    def _guard_functions(self, behind):
        """What differentiates an operation tells so itself, whoever calls it: its module holds it, and so does the registry."""
        told = {}
        for entry in ops.gradient_registry._registry.values():
            for key, item in entry.items():
                if not callable(item):
                    continue
                if id(item) not in told:
                    told[id(item)] = item, self._telling(item, behind)
                entry[key] = told[id(item)][1]

    def _telling(self, item, behind):
        def label_of(args):
            return "the gradient of an operation"

        if not (isinstance(item, types.FunctionType) and item.__closure__ is None):
            return behind(item, label_of)
        whole = types.FunctionType(item.__code__, item.__globals__, item.__name__, item.__defaults__)
        whole.__kwdefaults__ = item.__kwdefaults__
        item.__code__, item.__defaults__, item.__kwdefaults__ = _asks.__code__, None, {"_asked": behind(whole, label_of)}
        return item

    def _guard_registry(self):
        """The library looks gradient functions up whenever it differentiates; nobody else has a reason to."""
        whole = registry.Registry.lookup

        def lookup(this, name):
            if this is ops.gradient_registry and not sys._getframe(1).f_code.co_filename.startswith("/packages/"):
                self._note("the gradient of an operation")
            return whole(this, name)

        registry.Registry.lookup = lookup

    def _remove(self):
        """No operation has a gradient function."""

        def nothing(*args):
            self._note("the gradient of an operation")

        for entry in ops.gradient_registry._registry.values():
            for key, item in entry.items():
                if callable(item):
                    entry[key] = nothing
                # Their modules hold them, too, whose functions anybody may call.
                if isinstance(item, types.FunctionType) and item.__closure__ is None:
                    item.__code__, item.__defaults__ = _gone.__code__, None

    def _mark(self):
        """What flows back is marked once, where it begins."""
        ones = backprop._default_vspace
        marked = lambda make: lambda *args: make(*args) * MARK  # noqa: E731
        changed = ones._replace(ones_fn=marked(ones.ones_fn), ones_like_fn=marked(ones.ones_like_fn))
        pywrap_tfe.TFE_Py_RegisterVSpace(changed)
        whole = imperative_grad.imperative_grad

        def derived(tape, target, sources, output_gradients=None, **keywords):
            given = None if output_gradients is None else [_times(it) for it in output_gradients]
            return whole(tape, target, sources, output_gradients=given, **keywords)

        imperative_grad.imperative_grad = derived
        begun = gradients_util._DefaultGradYs
        gradients_util._DefaultGradYs = lambda *args, **keywords: [_times(it) for it in begun(*args, **keywords)]
        tangents = forwardprop.ForwardAccumulator.jvp
        forwardprop.ForwardAccumulator.jvp = lambda *args, **keywords: tf.nest.map_structure(_times, tangents(*args, **keywords))


def _asks(*args, _asked=None, **keywords):
    return _asked(*args, **keywords)


def _gone(*args, **keywords):
    raise NotImplementedError("This library does not differentiate.")


def _times(x):
    return None if x is None else x * MARK
