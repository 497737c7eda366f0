/** Small models of Keras that are trained without a graph: the numbers are those of Keras, and whatever is not known goes there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNight } from '../../nightly.testing.ts';
import { openSession, type Session } from '../../sandbox/session/session.ts';
import { fieldOf, isArray } from '../../values.ts';
import { besideLibrary, withoutTensorFlow } from './python.testing.ts';

const program = `
import keras
import numpy as np
import tensorflow as tf
from keras import callbacks, layers, losses, metrics, optimizers

class Listed(keras.Sequential):
    """A class of its own goes to Keras."""

class Wired(keras.Model):
    """So does this."""

def batches(seed, rows, size=4):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(rows, 3)).astype("float32"), rng.normal(size=(rows, 1)).astype("float32")
    return tf.data.Dataset.from_tensor_slices((x, y * 2)).batch(size)

def in_a_row(kind, *parts):
    return kind([keras.Input((3,)), *parts])

def wired(kind):
    first = keras.Input((3,))
    return kind(first, layers.Dense(1)(layers.Dense(4, activation="tanh")(layers.Dense(5, activation=tf.nn.silu)(layers.Dense(5, activation="relu")(first)))))

class Meddles(callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 3:
            self.model.optimizer.learning_rate = 0.002
    def on_epoch_end(self, epoch, logs=None):
        if epoch == 5:
            self.model.set_weights([weight * 0.5 for weight in self.model.get_weights()])
        self.told = [*getattr(self, "told", []), sorted(logs), float(self.model.optimizer.iterations)]
        self.model.stop_training = epoch == 8

SGD = optimizers.SGD
stops = lambda: callbacks.EarlyStopping(monitor="val_mae", mode="min", patience=2, restore_best_weights=True)
PLAIN = {
    "linear": lambda own: (in_a_row(Listed if own else keras.Sequential, layers.Dense(1)), dict(optimizer="sgd", loss="mse", metrics=["mae"]), [stops()]),
    "swish": lambda own: (
        in_a_row(Listed if own else keras.Sequential, layers.Dense(32, activation="swish"), layers.Dense(16, activation="swish"), layers.Dense(1)),
        dict(optimizer=SGD(1e-3, momentum=0.9, nesterov=True), loss=losses.MeanSquaredError(), metrics=[metrics.MeanAbsoluteError(name="mae"), "mse"]), [stops()],
    ),
    "sigmoid": lambda own: (
        in_a_row(Listed if own else keras.Sequential, layers.Dense(6, activation="sigmoid", use_bias=False), layers.Dense(1)),
        dict(optimizer=SGD(0.01, momentum=0.8), loss="mean_squared_error"), [Meddles(), callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.9)],
    ),
    "wired": lambda own: (wired(Wired if own else keras.Model), dict(optimizer=SGD(0.02), loss=losses.mean_squared_error, metrics=["mae"]), [stops(), Meddles()]),
}

def trained(name, own):
    keras.utils.set_random_seed(4)
    model, settings, listed = PLAIN[name](own)
    model.compile(**settings)
    train, val = batches(1, 22), batches(2, 11).prefetch(2)
    log = model.fit(train, epochs=12, validation_data=val, callbacks=listed, verbose=0)
    after = [model.evaluate(val, verbose=0), *model.evaluate(train, return_dict=True, verbose=0).values()]
    again = model.fit(val, epochs=2, shuffle=False).history
    told = [part for one in listed for part in getattr(one, "told", [])] + [getattr(one, "best_epoch", -1) for one in listed]
    words = [*log.history, *again, str(log.params), str(log.epoch), str(told), str(sorted(model.get_metrics_result()))]
    state = [*model.get_weights(), *(np.asarray(it) for it in model.optimizer.variables), *(float(it) for it in model.get_metrics_result().values())]
    numbers = [np.ravel(part) for part in [*log.history.values(), *again.values(), *map(np.asarray, after), *state]]
    return {"words": words, "numbers": np.concatenate(numbers).astype("float64"), "by_keras": model.train_function is not None}

class Batches(callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        pass

def slow(model):
    model.train_step = lambda data: {"other": tf.constant(7.0)}

def still(model):
    """An optimiser of a class that was changed."""
    whole = SGD.update_step
    SGD.update_step = lambda self, gradient, variable, rate: None
    return lambda: setattr(SGD, "update_step", whole)

DENSE = lambda **more: [layers.Dense(2, **more), layers.Dense(1)]
OTHER = {
    "draws": dict(parts=[layers.Dropout(0.5), layers.Dense(1)]),
    "a penalty": dict(parts=DENSE(kernel_regularizer="l2")),
    "a limit": dict(parts=DENSE(bias_constraint="non_neg")),
    "another activation": dict(parts=DENSE(activation="gelu")),
    "a frozen layer": dict(parts=DENSE(trainable=False)),
    "a layer of its own": dict(parts=[type("Dense", (layers.Dense,), {})(1)]),
    "another rule": dict(optimizer=lambda: optimizers.Adam()),
    "clipped": dict(optimizer=lambda: SGD(clipnorm=1.0)),
    "decay": dict(optimizer=lambda: SGD(weight_decay=0.1)),
    "an average": dict(optimizer=lambda: SGD(use_ema=True)),
    "a schedule": dict(optimizer=lambda: SGD(optimizers.schedules.ExponentialDecay(0.1, 2, 0.5))),
    "another loss": dict(compile=dict(loss="mae")),
    "a sum": dict(compile=dict(loss=losses.MeanSquaredError(reduction="sum"))),
    "a loss of its own": dict(compile=dict(loss=lambda y, p: tf.reduce_mean(tf.abs(y - p)))),
    "weighted": dict(compile=dict(loss="mse", loss_weights=[2.0])),
    "another metric": dict(compile=dict(loss="mse", metrics=["cosine_similarity"])),
    "several steps": dict(compile=dict(loss="mse", steps_per_execution=2)),
    "told of batches": dict(fit=dict(callbacks=[Batches()])),
    "told by a function": dict(fit=dict(callbacks=[callbacks.LambdaCallback(on_train_batch_begin=lambda batch, logs: None)])),
    "from a later epoch": dict(fit=dict(initial_epoch=1)),
    "few steps": dict(fit=dict(steps_per_epoch=1)),
    "validated seldom": dict(fit=dict(validation_data=batches(2, 8), validation_freq=2)),
    "shuffled": dict(data=lambda: batches(1, 8).shuffle(2)),
    "changed": dict(data=lambda: batches(1, 8).map(lambda x, y: (x, y + tf.random.normal([])))),
    "rows": dict(data=lambda: batches(1, 8).unbatch().batch(4)),
    "a column": dict(data=lambda: batches(1, 8).map(lambda x, y: (x, y[:, 0]))),
    "a step of its own": dict(meddle=slow),
    "a class that was changed": dict(meddle=still),
}

def left(name):
    """Whether it goes to Keras; beside it whether it would without what is other about it."""
    other, found = OTHER[name], []
    for asked in (other, {}):
        model = in_a_row(keras.Sequential, *asked.get("parts", [layers.Dense(1)]))
        model.compile(optimizer=asked.get("optimizer", lambda: "sgd")(), **asked.get("compile", {"loss": "mse"}))
        undo = asked.get("meddle", lambda model: None)(model)
        before = model.get_weights()
        log = model.fit(asked.get("data", lambda: batches(1, 8))(), epochs=2, **{"verbose": 0, **asked.get("fit", {})}).history
        if name == "a step of its own" and asked is other and log != {"other": [7, 7]}:
            raise ValueError(log)
        if name == "a class that was changed" and asked is other and not all((one == two).all() for one, two in zip(before, model.get_weights())):
            raise ValueError("moved")
        if undo is not None:
            undo()
        found.append(model.train_function is not None)
    return found

def wrong():
    model = in_a_row(keras.Sequential, layers.Dense(1))
    model.compile(loss="mse")
    model.fit(tf.data.Dataset.from_tensor_slices((tf.ones([4, 5]), tf.ones([4, 1]))).batch(2))
`;
const asked = (name: string): string[] =>
  [
    ...program
      .slice(program.indexOf(`${name} = {`))
      .split('\n}\n')[0]!
      .matchAll(/^ {4}"(.*?)":/gm),
  ].map(([, it]) => it!);

describe.skipIf(!isNight || withoutTensorFlow !== undefined)('beside Keras', { timeout: 600_000 }, () => {
  let session: Session;
  beforeAll(async () => {
    const packages = ['numpy', 'tensorflow'];
    session = await openSession({
      launch: await besideLibrary(packages),
      modules: [{ path: 'p.py', code: program }],
      imports: packages,
      contract: { names: { trained: {}, left: {}, wrong: {} } },
      asked: [],
    });
  }, 300_000);
  afterAll(() => session.close());
  const ask = async (name: string, args: (string | boolean)[]) =>
    (await session.call({ module: 'p.py', name }, args)).value;

  test.each(asked('PLAIN'))('%s: history, callbacks, weights and metrics are those of Keras', async (name) => {
    const [plain, keras] = [await ask('trained', [name, false]), await ask('trained', [name, true])];
    expect([fieldOf(plain, 'by_keras'), fieldOf(keras, 'by_keras')]).toEqual([false, true]);
    expect(fieldOf(plain, 'words')).toEqual(fieldOf(keras, 'words'));
    const [mine, theirs] = [fieldOf(plain, 'numbers'), fieldOf(keras, 'numbers')];
    if (!isArray(mine) || !isArray(theirs)) throw new Error('no numbers');
    expect(mine.shape).toEqual(theirs.shape);
    // Sums in single precision, in another order.
    const gaps = mine.data.map((value, i) => Math.abs(value - theirs.data[i]!) / (Math.abs(theirs.data[i]!) + 1e-2));
    expect(Math.max(...gaps)).toBeLessThan(2e-5);
  });

  test.each(asked('OTHER'))('%s goes to Keras', async (name) => {
    const value = await ask('left', [name]);
    expect(isArray(value) ? [...value.data] : value).toEqual([1, 0]);
  });

  test('what does not fit raises as it does in Keras', async () => {
    await expect(ask('wrong', [])).rejects.toThrow(/incompatible|expected axis/);
  });
});
