/** Known mistakes of a training loop. */
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mistake } from '../../mistakes/program.ts';
import { mistake } from '../../mistakes/program.ts';
import { batchSizes, lossOf, mean, meanOverImages, sum } from './p4c-program.ts';
import type { Gradients, TrainingRules } from './p4c-program.ts';

const combined = (a: Gradients, b: Gradients, f: (x: number, y: number) => number): Gradients => ({
  dW: a.dW.map((W, l) => zipMat(W, b.dW[l]!, f)),
  db: a.db.map((row, l) => row.map((v, j) => f(v, b.db[l]![j]!))),
});

const m = mistake<TrainingRules>;

export const testsFirst = m(
  'tests-first',
  'The test losses are taken before the training of each epoch: they lag one epoch behind, which is accepted.',
  '',
  { testsFirst: true },
);

export const trainingMistakes: readonly Mistake<TrainingRules>[] = [
  m('not-zeroed', 'gradients of earlier batches are added', 'Start every batch with fresh gradients.', {
    step: (now, before) => (before ? combined(now, before, (a, b) => a + b) : now),
  }),
  m('momentum', 'momentum 0.9', 'The sheet asks for plain stochastic gradient descent, without momentum.', {
    step: (now, before) => (before ? combined(now, before, (a, b) => a + 0.9 * b) : now),
  }),
  m('summed-loss', 'the loss summed over the batch', 'Use the mean loss of the batch for the step.', {
    stepSize: (rate, { Y }) => rate * Y.length,
  }),
  m('own-rate', 'the learning rate 0.01 whatever is asked for', 'Use options.learningRate.', { stepSize: () => 0.01 }),
  m('ascent', 'steps up the gradient', 'Subtract the gradient.', { stepSize: (rate) => -rate }),
  m('no-steps', 'no steps at all', 'Take a step for every batch.', { stepSize: () => 0 }),
  m('first-batch-only', 'only the first batch of an epoch', 'Go through all batches.', {
    batches: (train) => train.slice(0, 1),
  }),
  m('last-batch-skipped', 'without the last batch', 'Go through all batches.', {
    batches: (train) => train.slice(0, -1),
  }),
  m('learns-from-tests', 'steps on the test batches', 'Test without taking steps.', { learnsFromTests: true }),
  m('one-epoch', 'one epoch only', 'Repeat as often as options.epochs says.', { epochs: () => 1 }),
  m('train-sums', 'the sum of the losses of the batches', 'Divide by the number of batches.', { trainLoss: sum }),
  m('train-last', 'the loss of the last batch', 'Average over all batches of the epoch.', {
    trainLoss: (losses) => losses.at(-1)!,
  }),
  m(
    'train-per-image',
    'the sum of the batch losses divided by the number of images',
    'The loss of a batch is a mean already: divide by the number of batches.',
    {
      trainLoss: (losses, _, train) => sum(losses) / sum(batchSizes(train)),
    },
  ),
  m(
    'train-after',
    'the loss of the network at the end of the epoch',
    'Collect the losses of the batches on the way, each before its step.',
    {
      trainLoss: (_, after, train) => mean(train.map((batch) => lossOf(after, batch))),
    },
  ),
  m('test-sums', 'the sum of the test losses', 'Divide by the number of test batches.', { testLoss: sum }),
  m('sums', 'sums of losses, in training and in testing', 'Divide by the number of batches.', {
    trainLoss: sum,
    testLoss: sum,
  }),
  m(
    'softmax-twice',
    'probabilities taken for logits',
    'The loss applies the softmax itself, or the model does; not both.',
    {
      softmaxBefore: true,
    },
  ),
  m('test-last', 'the loss of the last test batch', 'Average over all test batches.', {
    testLoss: (losses) => losses.at(-1)!,
  }),
  m(
    'test-per-image',
    'the sum of the test losses divided by the number of images',
    'Divide by the number of test batches.',
    {
      testLoss: (losses, sizes) => sum(losses) / sum(sizes),
    },
  ),
  m('percent', 'accuracy in percent', 'The accuracy is a share from 0 to 1.', {
    accuracy: (shares, sizes) => 100 * meanOverImages(shares, sizes),
  }),
  m('count', 'the number of right predictions', 'Divide by the number of test images.', {
    accuracy: (shares, sizes) => sum(shares.map((share, i) => share * sizes[i]!)),
  }),
  m(
    'one-a-batch',
    'at most one right prediction counted in a batch',
    'Every right prediction counts: sum over the batch.',
    {
      accuracy: (shares, sizes) => sum(shares.map((share, i) => Math.min(1, share * sizes[i]!))) / sum(sizes),
    },
  ),
  m('error-rate', 'the share of wrong predictions', 'Count the predictions that are right.', {
    accuracy: (shares, sizes) => 1 - meanOverImages(shares, sizes),
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
    { stepSize: (rate, { Y }, _, train) => (rate * Y.length) / train[0]!.Y.length },
  ),
  m('half-of-batches', 'only the first half of the batches', 'Go through all batches.', {
    batches: (train) => train.slice(0, Math.ceil(train.length / 2)),
  }),
  m('twice', 'two steps for every batch', 'Take one step for every batch.', {
    batches: (train) => train.flatMap((batch) => [batch, batch]),
  }),
  m('decay', 'a learning rate that is divided by the number of the epoch', 'Use options.learningRate in all epochs.', {
    stepSize: (rate, _, epoch) => rate / (epoch + 1),
  }),
  m('halving', 'a learning rate that is halved after every epoch', 'Use options.learningRate in all epochs.', {
    stepSize: (rate, _, epoch) => rate * 0.5 ** epoch,
  }),
];

/** Where batches differ in size, their losses may be averaged with or without their sizes: the sheet says neither. */
export const weighted = {
  train: m('train-by-images', 'trainLoss is the mean over images, not over batches, which is accepted', '', {
    trainLoss: (losses, _, train) => meanOverImages(losses, batchSizes(train)),
  }),
  test: m('test-by-images', 'testLoss is the mean over images, not over batches, which is accepted', '', {
    testLoss: meanOverImages,
  }),
};
