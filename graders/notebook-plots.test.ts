/** Notebooks without any file of numbers behind their plots, through the whole grader: what they draw earns its marks, or loses them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'vitest';
import { isNight } from './nightly.testing.ts';
import { packageRoot } from './package-root.ts';
import { withoutPython, withoutTensorFlow, withoutTorch } from './runtimes/python/python.testing.ts';
import type { Files, Program } from './tensor-programs.testing.ts';
import { changed, gradePrograms } from './tensor-programs.testing.ts';

const [digits, boston, fashion] = ['numpy-mlp-digits', 'boston-init-mnist-grads', 'vectors-relu-fashion-backprop'];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-plots-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = (...path: string[]): Promise<string> => readFile(join(packageRoot, ...path), 'utf8');
/** The notebook alone, with such changes. */
const book =
  (text: string, ...edits: [from: string, to: string][]) =>
  (): Files => ({ 'homework.ipynb': edits.reduce((so, [from, to]) => changed(so, from, to), text) });

const model = await read(`reference/python/${digits}.ipynb`);
const ofDigits: Record<string, Program> = {
  model: { write: book(model), fails: {} },
  'labels-exchanged': {
    write: book(model, ['ax.set_title(target)', 'ax.set_title((target + 1) % 10)']),
    only: ['2.1c'],
    fails: { '2.1c.labels': [] },
  },
  transposed: {
    write: book(model, ['ax.imshow(image, ', 'ax.imshow(np.transpose(image), ']),
    fails: { '2.1c.images': [] },
  },
  blank: {
    write: book(model, ['ax.imshow(image, ', 'ax.imshow(np.zeros((8, 8)), ']),
    fails: { '2.1c.images': [], '2.1c.labels': [] },
  },
  'without-labels': {
    write: book(model, ['plt.xlabel(\\"epoch\\")', 'pass']),
    only: ['3.6'],
    fails: { '3.6.plot': [] },
  },
  'does-not-fall': {
    write: book(model, ['plt.plot(losses, ', 'plt.plot(losses[::-1], ']),
    only: ['3.6'],
    fails: { '3.6.plot': [] },
  },
  // A file that was handed in is what counts.
  'blank-file': {
    write: () => ({
      ...book(model)(),
      'plots/2-1c.json': JSON.stringify({
        images: [{ label: 1, pixels: Array.from({ length: 8 }, () => Array(8).fill(0)) }],
      }),
    }),
    fails: { '2.1c.images': [], '2.1c.labels': [] },
  },
};

test.skipIf(withoutPython !== undefined)(
  'digits: images with their labels and the loss of every epoch',
  { timeout: 3_600_000 },
  async () => {
    const programs = isNight ? ofDigits : { transposed: ofDigits['transposed']! };
    const only = isNight ? ['2.1c', '3.6'] : ['2.1c'];
    await gradePrograms({ slug: digits, folder, only, right: {} }, programs);
  },
);

const [sequential, functional, bostonModel] = await Promise.all([
  read('fixtures/python/scripts/boston-sequential.ipynb'),
  read('fixtures/python/scripts/boston-functional.ipynb'),
  read(`reference/python/${boston}.ipynb`),
]);
const ofBoston: Record<string, Program> = {
  model: { write: book(bostonModel), fails: {} },
  sequential: { write: book(sequential), fails: {} },
  functional: { write: book(functional), fails: {} },
  'without-a-label': {
    write: book(functional, ['plt.ylabel(name)', 'pass']),
    only: ['Q1b'],
    fails: { 'q1b.curves': [] },
  },
  'training-only': {
    write: book(functional, ['plt.plot(log[\\"val_\\" + name], ', 'str([log[\\"val_\\" + name]][0:0], ']),
    only: ['Q1b'],
    fails: { 'q1b.curves': [] },
  },
  'curves-copied': {
    write: book(functional, ['plt.plot(log[\\"val_\\" + name], ', 'plt.plot(log[name], ']),
    only: ['Q1b'],
    fails: { 'q1b.curves': [] },
  },
  'counts-throughout': {
    write: book(functional, ['bins=40, density=True', 'bins=40']),
    only: ['Q2b', 'Q2c'],
    fails: { 'q2b.histogram': ['counts'] },
  },
  pooled: {
    write: book(functional, [
      'show(layer_activations)',
      'plt.hist(np.concatenate([np.ravel(a) for a in layer_activations]), bins=40, density=True)',
    ]),
    only: ['Q2b', 'Q2c'],
    fails: { 'q2b.plot': [] },
  },
  'one-law-twice': {
    write: book(functional, [
      'show(glorot_uniform_activations)',
      'uniform = glorot_normal_activations\\nshow(uniform)',
    ]),
    only: ['Q2b', 'Q2c'],
    fails: { 'q2c.plot-uniform': [] },
  },
  'pre-activations': {
    write: book(sequential, [
      'axis.hist(a.numpy().ravel(), bins=50, density=True)\\n",\n    "    axis.set_title',
      'axis.hist(np.arctanh(0.9999 * a.numpy()).ravel(), bins=50, density=True)\\n",\n    "    axis.set_title',
    ]),
    only: ['Q2b', 'Q2c'],
    fails: { 'q2b.plot': [] },
  },
};

test.skipIf(!isNight || withoutTensorFlow !== undefined)(
  'in Keras: errors by epoch and histograms of three networks',
  { timeout: 3_600_000 },
  async () => {
    await gradePrograms({ slug: boston!, folder, only: ['Q1b', 'Q2b', 'Q2c'], right: {} }, ofBoston);
  },
);

const [net, loops, fashionModel] = await Promise.all([
  read('fixtures/python/scripts/fashion-module.ipynb'),
  read('fixtures/python/scripts/fashion-sequential.ipynb'),
  read(`reference/python/torch/${fashion}.ipynb`),
]);
/** A function of the sheet that nothing stands for, and nothing of which is plotted. */
const noFunction = { 'p4f.values': [], 'p4f.random': [] };
const ofFashion: Record<string, Program> = {
  model: { write: book(fashionModel), fails: {} },
  module: { write: book(net), fails: noFunction },
  'without-labels': { write: book(loops), fails: { 'p4d.labels': [], 'p4f.bars': [], ...noFunction } },
  'without-a-legend': {
    write: book(net, ['plt.plot(train_losses, label=\\"train\\")', 'plt.plot(train_losses)']),
    only: ['P4d'],
    fails: { 'p4d.labels': [] },
  },
  'one-curve': {
    write: book(net, ['plt.plot(test_losses, label=\\"test\\")', 'pass']),
    only: ['P4d'],
    fails: { 'p4d.series': [] },
  },
  'curves-copied': {
    write: book(net, ['plt.plot(test_losses, ', 'plt.plot(train_losses, ']),
    only: ['P4d'],
    fails: { 'p4d.series': [] },
  },
  'logits-and-no-label': {
    write: book(net, ['torch.softmax(model(image.unsqueeze(0)), dim=1)[0]', 'model(image.unsqueeze(0))[0]']),
    only: ['P4f'],
    fails: { 'p4f.bars': [], ...noFunction },
  },
};

test.skipIf(!isNight || withoutTorch !== undefined)(
  'in PyTorch: losses of training and test, and bars of probabilities',
  { timeout: 3_600_000 },
  async () => {
    await gradePrograms({ slug: fashion!, folder, only: ['P4d', 'P4f'], right: {} }, ofFashion);
  },
);
