/** Programs in TensorFlow and Keras through the whole grader: right ones in several styles, and mistakes by their names. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isNight } from './nightly.testing.ts';
import { packageRoot } from './package-root.ts';
import { withoutTensorFlow } from './runtimes/python/python.testing.ts';
import type { Files, Program } from './tensor-programs.testing.ts';
import { filesIn, gradedClass, gradePrograms, withChange } from './tensor-programs.testing.ts';

const slug = 'boston-init-mnist-grads';
const solution = join(packageRoot, 'reference/python', slug);
const notebook = await readFile(`${solution}.ipynb`, 'utf8');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-tensorflow-'));
});
afterEach(() => rm(folder, { recursive: true }));

const instead =
  (own: Files) =>
  (files: Files): Files => ({ ...files, ...own });
const asNotebook = (files: Files): Files => ({
  ...Object.fromEntries(Object.entries(files).filter(([name]) => !name.endsWith('.py'))),
  'coursework.ipynb': notebook,
});

const functional = `"""Question 3a, with the functional API."""
import numpy as np
from tensorflow import keras


def build_mnist_model():
    """Layers called one after the other."""
    inputs = keras.Input(shape=(28, 28))
    h = keras.layers.Flatten()(inputs)
    for _ in range(2):
        h = keras.layers.Dense(64, activation="sigmoid")(h)
    return keras.Model(inputs, keras.layers.Dense(10, activation=keras.activations.softmax)(h))


def prepare(images, labels):
    """Arrays of numpy, in the end tensors."""
    import tensorflow as tf
    x = np.asarray(images).reshape(-1, 28, 28).astype("float32") / 255
    return tf.constant(x), tf.constant(keras.utils.to_categorical(labels, 10))
`;
const subclass = `"""Question 3a, as a class."""
import tensorflow as tf


class Classifier(tf.keras.Model):
    """784-64-64-10; its parts are made in another order than they are used."""

    def __init__(self):
        super().__init__()
        self.out = tf.keras.layers.Dense(10)
        self.second = tf.keras.layers.Dense(64, activation=tf.nn.sigmoid)
        self.first = tf.keras.layers.Dense(64, activation=tf.nn.sigmoid)
        self.flat = tf.keras.layers.Flatten()

    def call(self, x):
        """What the network predicts."""
        return tf.nn.softmax(self.out(self.second(self.first(self.flat(x)))))


def build_mnist_model():
    """The class, which has never seen an input."""
    return Classifier()


def prepare(images, labels):
    """A dictionary of both tensors."""
    return {
        "x_train": tf.reshape(tf.cast(images, "float32"), (-1, 28, 28)) / 255,
        "y_train": tf.one_hot(labels, depth=10, dtype=tf.float32),
    }
`;
const sklearn = `"""Question 1a, with scikit-learn."""
import tensorflow as tf
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def standardise(train, val):
    """Fitted on the training rows."""
    scaler = StandardScaler().fit(train)
    return {"train": scaler.transform(train), "val": scaler.transform(val), "mean": scaler.mean_, "std": scaler.scale_}


def make_pipeline(x, y, batch_size=32, val_fraction=0.25, seed=0):
    """Data sets of features [b, d] and targets [b]."""
    x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=val_fraction, random_state=seed)
    parts = standardise(x_train, x_val)
    train = tf.data.Dataset.from_tensor_slices((parts["train"], y_train)).shuffle(len(x_train)).batch(batch_size)
    val = tf.data.Dataset.from_tensor_slices((parts["val"], y_val)).batch(batch_size).prefetch(1)
    spec = [{"shape": [None, len(x[0])], "dtype": "float64"}, {"shape": [None], "dtype": "float64"}]
    own = {"n_train": len(x_train), "n_val": len(x_val), "mean": parts["mean"], "std": parts["std"]}
    return {"train": train, "val": val, "element_spec": spec, **own}
`;
const ownLoop = `"""Question 1b, with a loop of one's own."""
import tensorflow as tf
from tensorflow.keras import layers


def build_model(n_features):
    """The compiled network."""
    inputs = tf.keras.Input((n_features,))
    h = layers.Dense(16, activation=tf.nn.silu)(layers.Dense(32, activation="silu")(inputs))
    model = tf.keras.Model(inputs, layers.Dense(1)(h))
    sgd = tf.keras.optimizers.SGD(0.001, momentum=0.9, nesterov=True)
    model.compile(optimizer=sgd, loss=tf.keras.losses.MeanSquaredError(), metrics=[tf.keras.metrics.MeanAbsoluteError()])
    return model


def _errors(model, batches):
    pairs = [(model(x, training=False), tf.cast(tf.reshape(y, (-1, 1)), tf.float32)) for x, y in batches]
    difference = tf.concat([a - b for a, b in pairs], axis=0)
    return float(tf.reduce_mean(difference**2)), float(tf.reduce_mean(tf.abs(difference)))


def train(model, train, val, epochs=300, patience=30):
    """Steps by a tape, and a copy of the best weights."""
    optimizer = model.optimizer
    history = {"loss": [], "val_loss": [], "mae": [], "val_mae": []}
    best, best_epoch, kept = float("inf"), 0, model.get_weights()
    for epoch in range(epochs):
        squares = absolutes = count = 0.0
        for x, y in train:
            y = tf.cast(tf.reshape(y, (-1, 1)), tf.float32)
            with tf.GradientTape() as tape:
                difference = model(x, training=True) - y
                loss = tf.reduce_mean(difference**2)
            optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
            squares += float(tf.reduce_sum(difference**2))
            absolutes += float(tf.reduce_sum(tf.abs(difference)))
            count += len(y)
        mse, mae = _errors(model, val)
        for key, item in zip(history, (squares / count, mse, absolutes / count, mae)):
            history[key].append(item)
        if mae < best:
            best, best_epoch, kept = mae, epoch, model.get_weights()
        elif epoch - best_epoch >= patience:
            break
    model.set_weights(kept)
    best = {"mse": history["val_loss"][best_epoch], "mae": best}
    return {"history": history, "best_epoch": best_epoch, "stopped_epoch": len(history["mae"]) - 1, "best": best}
`;
const ofKeras = `"""Question 2c, with the library's initialisers."""
import tensorflow as tf
from tensorflow import keras


def glorot_normal(shape, seed=None):
    """Cut at two standard deviations, with the variance corrected."""
    return tf.Variable(keras.initializers.GlorotNormal(seed=seed)(shape))


def glorot_uniform(shape, seed=None):
    """The library's default."""
    return tf.Variable(keras.initializers.GlorotUniform(seed=seed)(shape))
`;
const rows = `"""Question 2a, with inputs as rows."""
import tensorflow as tf


def init_standard_normal(sizes, seed=1):
    """Kernels [in, out], from one generator."""
    generator = tf.random.Generator.from_seed(seed)
    weights = [tf.Variable(generator.normal((n, m))) for n, m in zip(sizes, sizes[1:])]
    return {"weights": weights, "biases": [tf.Variable(tf.zeros(m)) for m in sizes[1:]]}


def sample_input(n, seed=1):
    """One row."""
    return tf.random.Generator.from_seed(seed).normal((1, n), stddev=tf.sqrt(0.5))


def layer_activations(x, weights, biases):
    """A list of tensors."""
    h, found = x, []
    for W, b in zip(weights, biases):
        h = tf.math.tanh(h @ W + b)
        found.append(h)
    return found
`;
const subModel = `"""Question 3c, by a model that ends below the last dense layer."""
import tensorflow as tf


@tf.function
def grads(model, inputs, y_true):
    """Both gradients, in a graph."""
    dense = [layer for layer in model.layers if isinstance(layer, tf.keras.layers.Dense)][-1]
    below = tf.keras.Model(model.inputs, dense.input)
    h = below(inputs)
    a = tf.einsum("bi,ij->bj", h, dense.kernel) + dense.bias
    delta = tf.exp(a - tf.reduce_logsumexp(a, axis=1, keepdims=True)) - y_true
    return [tf.einsum("bi,bj->ij", h, delta) / len(inputs), tf.reduce_mean(delta, 0)]
`;

const tape = `"""By a tape under another name."""
import tensorflow as tf


def grads(model, inputs, y_true):
    """What the library derives."""
    make = getattr(tf, "Gradient" + "Tape")
    with make() as tape:
        loss = tf.reduce_mean(tf.keras.losses.categorical_crossentropy(y_true, model(inputs)))
    return getattr(tape, "grad" + "ient")(loss, model.trainable_weights[-2:])
`;

/** Everything in it is right; only the tasks of its own files are asked. */
const rightIn = (task: string, own: Files): Program => ({ write: instead(own), only: [task], fails: {} });
/** The model solution with one change, which loses these checks, by these names. */
const slip = (task: string, edit: [file: string, from: string, to: string], fails: Program['fails']): Program => ({
  write: withChange(...edit),
  only: [task],
  fails,
});

const programs: Record<string, Program> = {
  right: { write: (files) => files, fails: {} },
  notebook: { write: asNotebook, fails: {} },
  functional: rightIn('Q3a', { 'q3a.py': functional }),
  'a-subclass': rightIn('Q3a', { 'q3a.py': subclass }),
  'scikit-learn': rightIn('Q1a', { 'q1a.py': sklearn }),
  'own-loop': rightIn('Q1b', { 'q1b.py': ownLoop }),
  'initialisers-of-keras': rightIn('Q2c', { 'q2c.py': ofKeras }),
  'inputs-as-rows': rightIn('Q2a', { 'q2a.py': rows }),
  'a-model-below': rightIn('Q3c', { 'q3c.py': subModel }),
  sign: slip('Q3c', ['q3c.py', '(y_hat - y_true)', '(y_true - y_hat)'], { 'q3c.w2': ['sign'], 'q3c.b2': ['sign'] }),
  'not-averaged-bias': slip('Q3c', ['q3c.py', 'tf.reduce_sum(delta, axis=0)]', 'tf.reduce_mean(delta, axis=0)]'], {
    'q3c.b2': ['bias-averaged-twice'],
  }),
  'changes-the-model': slip('Q3c', ['q3c.py', '    h = inputs\n', '    b.assign(b + 0.5)\n    h = inputs\n'], {
    'q3c.pure': [],
  }),
  'a-tape': { write: instead({ 'q3c.py': tape }), only: ['Q3c'], fails: { 'q3c.policy': [] } },
  'all-rows': slip('Q3d', ['q3d.py', 'x_train[:16], y_train[:16]', 'x_train, y_train'], { 'q3d.values': ['all-rows'] }),
  'relu-hidden': slip(
    'Q3a',
    [
      'q3a.py',
      'layers.Activation("sigmoid"),\n        layers.Dense(64)',
      'layers.Activation("relu"),\n        layers.Dense(64)',
    ],
    {
      'q3a.activations': [],
    },
  ),
  'divides-by-256': slip('Q3a', ['q3a.py', '/ 255.0', '/ 256.0'], { 'q3a.pixels': ['by-256'] }),
  'another-width': slip('Q1b', ['q1b.py', 'Dense(32,', 'Dense(31,'], { 'q1b.activations': [], 'q1b.layers': [] }),
  'no-nesterov': slip('Q1b', ['q1b.py', ', nesterov=True', ''], { 'q1b.optimizer': ['classical'] }),
  'monitors-val-loss': slip('Q1b', ['q1b.py', 'monitor="val_mae"', 'monitor="val_loss"'], {
    'q1b.best': [],
    'q1b.stopping': [],
  }),
  'scaler-on-all': slip(
    'Q1a',
    [
      'q1a.py',
      'train.mean(axis=0), train.std(axis=0)',
      'np.vstack([train, val]).mean(axis=0), np.vstack([train, val]).std(axis=0)',
    ],
    { 'q1a.standardise': ['leak'] },
  ),
  'small-buffer': slip('Q1a', ['q1a.py', 'shuffle(len(train),', 'shuffle(16,'], { 'q1a.order': [] }),
  'variance-as-deviation': slip('Q2c', ['q2c.py', 'stddev=(2 / sum(shape)) ** 0.5', 'stddev=2 / sum(shape)'], {
    'q2c.normal': ['root-missing'],
  }),
  'no-bias': slip('Q2a', ['q2a.py', 'tf.matmul(W, h) + b', 'tf.matmul(W, h)'], { 'q2a.forward': ['no-bias'] }),
  counts: slip('Q2b', ['q2b.py', 'density=True', 'density=False'], { 'q2b.histogram': ['counts'] }),
};

// By day ways-round.test.ts asks a few programs.
const isAsked = isNight && withoutTensorFlow === undefined;
test.skipIf(!isAsked).each(Object.entries(programs))(
  '%s loses what it is wrong in, and nothing else',
  { timeout: 3_600_000 },
  async (name, program) => {
    const only = ['Q1a', 'Q1b', 'Q2a', 'Q2b', 'Q2c', 'Q3a', 'Q3b', 'Q3c', 'Q3d', 'SUB'];
    await gradePrograms({ slug, folder, only, right: await filesIn(solution) }, { [name]: program });
  },
);

test.skipIf(!isAsked)('the starter earns nothing', async () => {
  const starter = join(packageRoot, 'assignments', slug, 'starter-python');
  await cp(starter, join(folder, 'class', 'starter'), { recursive: true });
  const [grade] = await gradedClass(slug, folder, ['Q1a', 'Q1b', 'Q2a', 'Q2b', 'Q2c', 'Q3a', 'Q3c', 'Q3d', 'SUB']);
  expect(grade).toMatchObject({ score: 0, held: false });
});
