/** Notebooks that load, train and print in cells, as the sheets have it, through the whole grader: what they do earns its marks. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isNight } from './nightly.testing.ts';
import { packageRoot } from './package-root.ts';
import { withoutPython, withoutTensorFlow, withoutTorch } from './runtimes/python/python.testing.ts';
import type { Files, Program } from './tensor-programs.testing.ts';
import { changed, filesIn, gradedClass, gradePrograms } from './tensor-programs.testing.ts';

const boston = 'boston-init-mnist-grads';
const lab = 'mnist-sigmoid-relu-lab';
const fashion = 'vectors-relu-fashion-backprop';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-scripts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const books = Object.fromEntries(
  await Promise.all(
    [
      'boston-sequential',
      'boston-functional',
      'boston-subclassed',
      'boston-own-loop',
      'fashion-module',
      'fashion-sequential',
      'fashion-fit',
      'fashion-main',
      'fashion-losses',
      'fashion-quickstart',
      'fashion-trainer',
      'fashion-while',
      'fashion-dictionary',
      'lab-evaluates',
    ].map(
      async (name) =>
        [name, await readFile(join(packageRoot, 'fixtures/python/scripts', `${name}.ipynb`), 'utf8')] as const,
    ),
  ),
);

/** The notebook in the place of all programs, beside the answers and the numbers behind plots. */
const book =
  (name: string, ...edits: [from: string, to: string][]) =>
  (files: Files): Files => ({
    ...Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith('.py'))),
    'notebook.ipynb': edits.reduce((text, [from, to]) => changed(text, from, to), books[name]!),
  });

const ofBoston: Record<string, Program> = {
  sequential: { write: book('boston-sequential'), fails: {} },
  functional: { write: book('boston-functional'), fails: {} },
  // It has no histogram, and no Glorot.
  subclassed: { write: book('boston-subclassed'), fails: { 'q2b.histogram': [], 'q2c.normal': [], 'q2c.uniform': [] } },
  'less-patience': {
    write: book('boston-sequential', ['patience=30', 'patience=25']),
    only: ['Q1b'],
    fails: { 'q1b.stopping': [] },
  },
  'monitors-the-loss': {
    write: book('boston-sequential', ['monitor=\\"val_mae\\"', 'monitor=\\"val_loss\\"']),
    only: ['Q1b'],
    fails: { 'q1b.stopping': ['monitors-val-loss'] },
  },
  classical: {
    write: book('boston-sequential', [', nesterov=True', '']),
    only: ['Q1b'],
    fails: { 'q1b.optimizer': ['classical'] },
  },
  // A tape in a function that is a graph, its own early stopping, a model that nothing compiles.
  'own-loop': { write: book('boston-own-loop'), fails: {} },
  'loop-keeps-last': {
    write: book('boston-own-loop', ['model.set_weights(best_weights)', 'pass']),
    only: ['Q1b'],
    fails: { 'q1b.best': ['last-weights'] },
  },
  'loop-classical': {
    write: book('boston-own-loop', [', nesterov=True', '']),
    only: ['Q1b'],
    fails: { 'q1b.optimizer': ['classical'] },
  },
  'loop-of-absolute-errors': {
    write: book('boston-own-loop', ['losses.MeanSquaredError', 'losses.MeanAbsoluteError']),
    only: ['Q1b'],
    fails: { 'q1b.optimizer': ['mae-loss'], 'q1b.metrics': ['mae-loss'] },
  },
  'loop-validates-on-training': {
    write: book('boston-own-loop', ['for x, y in validation_dataset', 'for x, y in train_dataset']),
    only: ['Q1b'],
    fails: { 'q1b.history': ['validates-on-training'] },
  },
  'each-by-itself': {
    write: book('boston-sequential', ['scaler.transform(features_val)', 'scaler.fit_transform(features_val)']),
    only: ['Q1a'],
    fails: { 'q1a.standardise': ['own-statistics'] },
  },
};
const ofFashion: Record<string, Program> = {
  module: { write: book('fashion-module'), fails: {} },
  sequential: { write: book('fashion-sequential'), fails: {} },
  // Curves and functions under names of their own, percent that are only printed.
  fit: { write: book('fashion-fit'), fails: {} },
  // All of it below a main, curves in a dictionary.
  main: { write: book('fashion-main'), fails: {} },
  // Losses alone, tested before each epoch.
  losses: { write: book('fashion-losses'), fails: {} },
  // Functions called train and test, as names of loaders are elsewhere.
  quickstart: { write: book('fashion-quickstart'), fails: {} },
  // A method that goes through the rounds, a data set of its own, scikit-learn's share of right guesses.
  trainer: { write: book('fashion-trainer'), fails: {} },
  // A loop that counts for itself, the second version of transforms.
  while: { write: book('fashion-while'), fails: {} },
  // A class that needs its sizes, curves in a dictionary that says what they are by its keys.
  dictionary: { write: book('fashion-dictionary'), fails: {} },
  'fit-adds-up': {
    write: book('fashion-fit', ['optimizer.zero_grad()', 'pass']),
    only: ['P4c'],
    fails: { 'p4c.steps': ['not-zeroed'], 'p4c.learns': [] },
  },
  'gradients-add-up': {
    write: book('fashion-module', ['optimizer.zero_grad()', 'pass']),
    only: ['P4c'],
    fails: { 'p4c.steps': ['not-zeroed'], 'p4c.learns': [] },
  },
  'another-rate': {
    write: book('fashion-module', ['lr=0.01', 'lr=0.1']),
    only: ['P4c'],
    fails: { 'p4c.steps': [] },
  },
};

const ofLab: Record<string, Program> = {
  evaluates: { write: book('lab-evaluates'), fails: {} },
  // One of the rates goes on with the network of the other.
  'network-again': {
    write: book('lab-evaluates', [
      '    "mlp = MultiLayerPerceptron([784, 30, 30, 10], 100)\\n",\n    "mlp.evaluate(train_data, train_labels, test_data, test_labels, 15, eta=0.5)"',
      '    "mlp.evaluate(train_data, train_labels, test_data, test_labels, 15, eta=0.5)"',
    ]),
    only: ['T3'],
    fails: { 'T3.fresh': [] },
  },
  'rate-of-its-own': {
    write: book('lab-evaluates', ['self.update_weights(eta)', 'self.update_weights(0.05)']),
    only: ['T2'],
    fails: { 'T2.rate': [] },
  },
  'half-of-the-batches': {
    write: book('lab-evaluates', [
      'for x, y in zip(train_data, train_labels):\\n',
      'for x, y in zip(train_data[::2], train_labels[::2]):\\n',
    ]),
    only: ['T2'],
    fails: { 'T2.rate': ['every-second-batch'] },
  },
  'slope-of-the-output': {
    write: book('lab-evaluates', ['(X > 0) * 1.0 if deriv', '(X > 0) * X if deriv']),
    only: ['T4'],
    fails: { 'T4.slope': ['deriv-ignored'] },
  },
};

test.skipIf(!isNight || withoutPython !== undefined)(
  'in numpy: a network that is trained by calls in cells and prints its errors, and mistakes',
  { timeout: 3_600_000 },
  async () => {
    const right = await filesIn(join(packageRoot, 'reference/python', lab));
    await gradePrograms({ slug: lab, folder, only: ['T2', 'T3', 'T4'], right }, ofLab);
  },
);

test.skipIf(!isNight || withoutTensorFlow !== undefined)(
  'in Keras: models of three styles, and mistakes by their names',
  { timeout: 3_600_000 },
  async () => {
    const only = ['Q1a', 'Q1b', 'Q2a', 'Q2b', 'Q2c', 'Q3a', 'Q3b', 'Q3c', 'Q3d', 'SUB'];
    const right = await filesIn(join(packageRoot, 'reference/python', boston));
    await gradePrograms({ slug: boston, folder, only, right }, ofBoston);
  },
);

test.skipIf(!isNight || withoutTorch !== undefined)(
  'in PyTorch: loops over loaders, and mistakes by their names',
  { timeout: 3_600_000 },
  async () => {
    const right = await filesIn(join(packageRoot, 'reference/python/torch', fashion));
    await gradePrograms({ slug: fashion, folder, only: ['P4a', 'P4b', 'P4c', 'P4g'], right }, ofFashion);
    const grades = await gradedClass(fashion, join(folder, 'P4a,P4b,P4c,P4g'), ['P4c']);
    expect(grades.flatMap(({ notebooks }) => notebooks?.[0]?.taken ?? [])).toContainEqual({
      name: 'train_fashion',
      from: 'the variables train_losses, test_losses and test_accs',
      told: ['loss: cross-entropy', 'optimiser: gradient descent, learning rate 0.01'],
    });
  },
);
