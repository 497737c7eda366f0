/** Programs in TensorFlow and Keras with mistakes that have no twin among the fixtures, and the starter. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isNight } from './nightly.testing.ts';
import { packageRoot } from './package-root.ts';
import { withoutTensorFlow } from './runtimes/python/python.testing.ts';
import type { Program } from './tensor-programs.testing.ts';
import { filesIn, gradedClass, gradePrograms, withChange } from './tensor-programs.testing.ts';

const slug = 'boston-init-mnist-grads';
const solution = join(packageRoot, 'reference/python', slug);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-tensorflow-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A layer whose name does not say that it draws noise while it is trained. */
const warmer = `class Warmer(keras.layers.Layer):
    """Something of its own."""

    def call(self, x, training=None):
        """As it was, but for noise in training."""
        return x + keras.random.normal(keras.ops.shape(x), stddev=0.3) if training else x


def build_model(`;
const second = 'keras.layers.Dense(16, activation="swish"),';

/** A model that holds a dropout: whether it calls it is left open. */
const withDropout = (forward: string): Program['write'] => {
  const model = `class Prices(keras.Model):
    """The layers of a plain network, and a dropout."""

    def __init__(self, body):
        super().__init__()
        self.body, self.drop = body, keras.layers.Dropout(0.3)

    def call(self, x, training=None):
        """What the layers that are called make of it."""
        ${forward}


def build_model(`;
  const compiles = '    optimizer = keras.optimizers.SGD(';
  return (files) =>
    [
      ['def build_model(', model],
      [compiles, `    model = Prices(model)\n    model(keras.ops.zeros((1, n_features)))\n${compiles}`],
    ].reduce((all, [from, to]) => withChange('q1b.py', from!, to!)(all), files);
};

const programs: Record<string, Program> = {
  'idle-dropout': { write: withDropout('return self.body(x)'), only: ['Q1b'], fails: {} },
  'called-dropout': {
    write: withDropout('return self.drop(self.body(x), training=training)'),
    only: ['Q1b'],
    fails: { 'q1b.layers': [] },
  },
  'dropout-in-training': {
    write: withDropout('return self.drop(self.body(x), training=True) if training else self.body(x)'),
    only: ['Q1b'],
    fails: { 'q1b.layers': [] },
  },
  'noise-of-its-own': {
    write: (files) =>
      withChange('q1b.py', second, `${second} Warmer(),`)(withChange('q1b.py', 'def build_model(', warmer)(files)),
    only: ['Q1b'],
    fails: { 'q1b.layers': [] },
  },
  'not-averaged-bias': {
    write: withChange('q3c.py', 'tf.reduce_sum(delta, axis=0)]', 'tf.reduce_mean(delta, axis=0)]'),
    only: ['Q3c'],
    fails: { 'q3c.b2': ['bias-averaged-twice'] },
  },
  // The callback keeps one epoch, and the program tells another: one mistake, which costs where training stops.
  'largest-kept-and-smallest-told': {
    write: withChange('q1b.py', 'mode="min"', 'mode="max"'),
    only: ['Q1b'],
    fails: { 'q1b.stopping': ['maximises-looked-up'] },
  },
  // Both fall and rise together in these runs.
  'training-loss-followed-and-smallest-told': {
    write: withChange('q1b.py', 'monitor="val_mae"', 'monitor="loss"'),
    only: ['Q1b'],
    fails: { 'q1b.stopping': ['monitors-loss-looked-up', 'monitors-mae-looked-up'] },
  },
};

// By day ways-round.test.ts asks a few programs.
const isAsked = isNight && withoutTensorFlow === undefined;
const night = { timeout: 3_600_000 };
test.skipIf(!isAsked)('wrong programs lose what they are wrong in, and nothing else', night, async () => {
  await gradePrograms({ slug, folder, only: [], right: await filesIn(solution) }, programs);
});

test.skipIf(!isAsked)('the starter earns nothing', night, async () => {
  const starter = join(packageRoot, 'assignments', slug, 'starter-python');
  await cp(starter, join(folder, 'class', 'starter'), { recursive: true });
  const [grade] = await gradedClass(slug, folder, ['Q1a', 'Q1b', 'Q2a', 'Q2b', 'Q2c', 'Q3a', 'Q3c', 'Q3d', 'SUB']);
  expect(grade).toMatchObject({ score: 0, held: false });
});

test.skipIf(!isAsked)('a derivative that is called by itself, past every guard, is not there', night, async () => {
  const student = join(folder, 'class', 'student');
  await cp(solution, student, { recursive: true });
  const right = await readFile(join(student, 'q3c.py'), 'utf8');
  const byHand = 'delta = (y_hat - y_true) / len(inputs)';
  const found = `sys = __import__("sys")
    inside = sys.modules["tensorflow.py" + "thon.ops.nn_gr" + "ad"]
    op = type("Op", (), {"outputs": [y_hat]})
    delta = getattr(inside, "_Softmax" + "Gr" + "ad")(op, -y_true / y_hat / len(inputs))`;
  expect(right).toContain(byHand);
  await writeFile(join(student, 'q3c.py'), right.replace(byHand, found));
  const [grade] = await gradedClass(slug, folder, ['Q3c']);
  expect(grade).toMatchObject({ score: 0, held: false });
});
