"""TensorFlow and Keras as the guest knows them: tensors on their way in and out, models, seeds, and who differentiates."""

import keras
import tensorflow as tf

import tensorflow_brief
import tensorflow_calm
import tensorflow_forms
import tensorflow_models
import tensorflow_trainings
from no_derivatives import Derivatives
from tensorflow_fit import PlainFits


class TensorFlow:
    """Everything that the rest of the guest asks of the library."""

    # What it knows of the parts of a loop that trains.
    role_of = staticmethod(tensorflow_trainings.role_of)
    made_anew = staticmethod(tensorflow_trainings.made_anew)
    rows_of = staticmethod(tensorflow_trainings.rows_of)
    batches_like = staticmethod(tensorflow_trainings.batches_like)
    even = staticmethod(tensorflow_trainings.even)
    rows_like = staticmethod(tensorflow_trainings.rows_like)
    shaped_like = staticmethod(tensorflow_trainings.shaped_like)
    optimizer_of = staticmethod(tensorflow_trainings.optimizer_of)
    without_graphs = staticmethod(tensorflow_trainings.without_graphs)
    loss_of = staticmethod(tensorflow_trainings.loss_of)
    like = staticmethod(tensorflow_forms.like)
    train_by = staticmethod(tensorflow_trainings.train_by)

    def __init__(self):
        # Before what tells that they were used.
        self._fits = PlainFits()
        self._derivatives = Derivatives()
        tensorflow_calm.calm()

    def extent(self, name):
        """`whole`, `forward` without any derivative, or `marked` with derivatives that can be recognised."""
        # The pools of threads and the kernels of an operation are made when the first one runs: in each copy its own.
        tf.matmul(tf.ones([1, 1]), tf.ones([1, 1])).numpy()
        self._derivatives.become(name)
        if name == "whole":
            self._fits.begin()

    def precision(self, name):
        """In `double` all that Keras makes without a type is, and who says `float32` stays there."""
        keras.config.set_floatx("float64" if name == "double" else "float32")

    def watch(self):
        """Begins to watch for one request."""
        self._derivatives.watch()

    def used(self):
        """What of automatic differentiation was used since then, or None; and whether it is absent here."""
        return self._derivatives.used, self._derivatives.absent

    def seed(self, seed):
        keras.utils.set_random_seed(seed % 2**32)

    def brief(self):
        """For as long as this is entered trainings show how they go, and no more."""
        return tensorflow_brief.brief()

    def is_tensor(self, x):
        return issubclass(type(x), (tf.Tensor, tf.Variable, keras.Variable))

    def numbers(self, x):
        """Container and numbers of a tensor; a text where it cannot be carried."""
        container = "tensor" if issubclass(type(x), tf.Tensor) else "variable"
        plain = tf.convert_to_tensor(x)
        if not hasattr(plain, "numpy"):
            return container, "a symbolic tensor, which holds no numbers"
        if plain.dtype.is_complex:
            return container, "a tensor of complex numbers"
        if not (plain.dtype.is_floating or plain.dtype.is_integer or plain.dtype.is_bool):
            return container, f"a tensor of {plain.dtype.name}"
        return container, (tf.cast(plain, tf.float32) if plain.dtype.size < 4 and plain.dtype.is_floating else plain).numpy()

    def tensor(self, array, container, dtype):
        """Whole numbers as the library counts with them; real ones in the precision in which Keras makes its own."""
        kind = {"int32": tf.int32, "uint8": tf.uint8, "bool": tf.bool}.get(dtype, tf.as_dtype(keras.config.floatx()))
        made = tf.convert_to_tensor(array.astype(kind.as_numpy_dtype))
        return tf.Variable(made) if container == "variable" else made

    def plain(self, x):
        """What has another form on the wire than its own: the shape and type of a tensor as a record."""
        if not issubclass(type(x), tf.TensorSpec):
            return None
        return {"shape": None if x.shape.rank is None else list(x.shape), "dtype": x.dtype.name}

    def is_model(self, x):
        return issubclass(type(x), keras.Model)

    def describe(self, model, carry):
        """What a model is, in words that know no library; `carry` makes a value of the wire of an array; None where weights are not asked for."""
        return tensorflow_models.describe(model, carry)

    def method(self, model, name):
        """What the grader asks of every model, under the grader's own names; None for anything else."""
        if self.is_tensor(model):
            return (lambda: tf.identity(model)) if name == "clone" else None
        make = tensorflow_models.METHODS.get(name)
        return None if make is None else make(model)

    def tell_inputs(self, model, columns):
        """Makes the weights of a model that waits for its first input; one that was only told its shape waits still."""
        if not model.built or not model.weights:
            model(tf.zeros([1, columns]))

    def attribute(self, model, name):
        """The same of what a model holds."""
        make = tensorflow_models.ATTRIBUTES.get(name)
        return None if make is None else make(model)

    def build(self, plan):
        """A model from the plan of its layers, with these weights."""
        return tensorflow_models.build(plan)
