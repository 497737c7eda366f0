/** A training loop with its curves got wrong: which batches take steps, how large these are, and what is told of them. */
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Gradients } from '../mlp/backprop.ts';
import type { Mistake } from '../program.ts';
import { mistake } from '../program.ts';
import { cutAll } from './course.ts';
import type { CurveRules } from './curves.ts';
import { mean, meanOverSamples, softmaxTwice, sum } from './curves.ts';
import { decayMistakes } from './decay-mistakes.ts';

/** The gradients of this batch, and a share of what was stepped along before. */
const withShare =
  (share: number): CurveRules['along'] =>
  (now, before) =>
    before ? combined(now, before, (a, b) => a + share * b) : now;

const combined = (a: Gradients, b: Gradients, f: (x: number, y: number) => number): Gradients => ({
  W: a.W.map((W, l) => zipMat(W, b.W[l]!, f)),
  b: a.b.map((row, l) => row.map((v, j) => f(v, b.b[l]![j]!))),
});

const m = mistake<CurveRules>;

export const testsFirst = m(
  'tests-first',
  'The test losses are taken before the training of each epoch: they lag one epoch behind, which is accepted.',
  '',
  { testsFirst: true },
);

/** Where batches differ in size, their losses may be averaged with or without their sizes. */
export const weighted = {
  train: m('train-by-images', 'trainLoss is the mean over images, not over batches, which is accepted', '', {
    trainLoss: meanOverSamples,
  }),
  test: m('test-by-images', 'testLoss is the mean over images, not over batches, which is accepted', '', {
    testLoss: meanOverSamples,
  }),
};

const allBatches = 'Go through all batches.';
const divide = 'Divide by the number of batches.';
const divideTests = 'Divide by the number of test batches.';

export const curveMistakes: readonly Mistake<CurveRules>[] = [
  m('not-zeroed', 'gradients of earlier batches are added', 'Start every batch with fresh gradients.', {
    along: withShare(1),
  }),
  m('momentum', 'momentum 0.9', 'The sheet asks for plain stochastic gradient descent, without momentum.', {
    along: withShare(0.9),
  }),
  m('summed-loss', 'the loss summed over the batch', 'Use the mean loss of the batch for the step.', {
    rate: (eta, { samples }) => eta * samples,
  }),
  m('own-rate', 'the learning rate 0.01 whatever is asked for', 'Use options.learningRate.', { rate: () => 0.01 }),
  m('ascent', 'steps up the gradient', 'Subtract the gradient.', { rate: (eta) => -eta }),
  m('no-steps', 'no steps at all', 'Take a step for every batch.', { rate: () => 0 }),
  m('first-batch-only', 'only the first batch of an epoch', allBatches, {
    batches: (places, size) => cutAll(places, size).slice(0, 1),
  }),
  m('last-batch-skipped', 'without the last batch', allBatches, {
    batches: (places, size) => cutAll(places, size).slice(0, -1),
  }),
  m('learns-from-tests', 'steps on the test batches', 'Test without taking steps.', { learnsFromTests: true }),
  m('one-epoch', 'one epoch only', 'Repeat as often as options.epochs says.', { epochs: () => 1 }),
  m('train-sums', 'the sum of the losses of the batches', divide, { trainLoss: sum }),
  m('train-last', 'the loss of the last batch', 'Average over all batches of the epoch.', {
    trainLoss: (losses) => losses.at(-1)!,
  }),
  m(
    'train-per-image',
    'the sum of the batch losses divided by the number of images',
    'The loss of a batch is a mean already: divide by the number of batches.',
    { trainLoss: (losses, sizes) => sum(losses) / sum(sizes) },
  ),
  m(
    'train-after',
    'the loss of the network at the end of the epoch',
    'Collect the losses of the batches on the way, each before its step.',
    { trainLoss: (_, __, after) => mean(after()) },
  ),
  m('test-sums', 'the sum of the test losses', divideTests, { testLoss: sum }),
  m('sums', 'sums of losses, in training and in testing', divide, { trainLoss: sum, testLoss: sum }),
  m(
    'softmax-twice',
    'probabilities taken for logits',
    'The loss applies the softmax itself, or the model does; not both.',
    softmaxTwice,
  ),
  m('test-last', 'the loss of the last test batch', 'Average over all test batches.', {
    testLoss: (losses) => losses.at(-1)!,
  }),
  m('test-per-image', 'the sum of the test losses divided by the number of images', divideTests, {
    testLoss: (losses, sizes) => sum(losses) / sum(sizes),
  }),
  m('percent', 'accuracy in percent', 'The accuracy is a share from 0 to 1.', {
    accuracy: (shares, sizes) => 100 * meanOverSamples(shares, sizes),
  }),
  m('count', 'the number of right predictions', 'Divide by the number of test images.', {
    accuracy: (shares, sizes) => sum(shares.map((share, i) => share * sizes[i]!)),
  }),
  m(
    'one-a-batch',
    'at most one right prediction counted in a batch',
    'Every right prediction counts: sum over the batch.',
    { accuracy: (shares, sizes) => sum(shares.map((share, i) => Math.min(1, share * sizes[i]!))) / sum(sizes) },
  ),
  m('error-rate', 'the share of wrong predictions', 'Count the predictions that are right.', {
    accuracy: (shares, sizes) => 1 - meanOverSamples(shares, sizes),
  }),
  m(
    'mean-of-shares',
    'the mean of the accuracies of the batches',
    'The last batch is smaller and must not count as much as the others: add counts, then divide by the images.',
    { accuracy: (shares) => mean(shares) },
  ),
  m(
    'nominal-size',
    'the loss divided by the full size of a batch also where a batch is smaller',
    'Divide by the number of images that the batch really has: tf.mean does.',
    { rate: (eta, { samples, batchSize }) => (eta * samples) / batchSize },
  ),
  m('half-of-batches', 'only the first half of the batches', allBatches, {
    batches: (places, size) => {
      const all = cutAll(places, size);
      return all.slice(0, Math.ceil(all.length / 2));
    },
  }),
  m('twice', 'two steps for every batch', 'Take one step for every batch.', {
    batches: (places, size) => cutAll(places, size).flatMap((batch) => [batch, batch]),
  }),
  ...decayMistakes<CurveRules>('Use options.learningRate in all epochs.'),
];
