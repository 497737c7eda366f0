/** Known mistakes of a training loop. */
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mistake } from '../../mistakes/program.ts';
import { lossOf, mean, sum } from './p4c-program.ts';
import type { Gradients, TrainingRules } from './p4c-program.ts';

const combined = (a: Gradients, b: Gradients, f: (x: number, y: number) => number): Gradients => ({
  dW: a.dW.map((W, l) => zipMat(W, b.dW[l]!, f)),
  db: a.db.map((row, l) => row.map((v, j) => f(v, b.db[l]![j]!))),
});

const m = (id: string, title: string, advice: string, changed: Partial<TrainingRules>): Mistake<TrainingRules> => ({
  id,
  title,
  advice,
  apply: (right) => ({ ...right, ...changed }),
});

export const testsFirst = m('tests-first', 'tested before each epoch', '', { testsFirst: true });

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
      trainLoss: (losses, _, train) => sum(losses) / sum(train.map(({ Y }) => Y.length)),
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
      testLoss: (losses, { Y }) => sum(losses) / (losses.length * Y.length),
    },
  ),
  m('percent', 'accuracy in percent', 'The accuracy is a share from 0 to 1.', {
    accuracy: (shares) => 100 * mean(shares),
  }),
  m('count', 'the number of right predictions', 'Divide by the number of test images.', {
    accuracy: (shares, size) => size * sum(shares),
  }),
  m(
    'one-a-batch',
    'at most one right prediction counted in a batch',
    'Every right prediction counts: sum over the batch.',
    {
      accuracy: (shares, size) => mean(shares.map((share) => Math.min(1, share * size) / size)),
    },
  ),
  m('error-rate', 'the share of wrong predictions', 'Count the predictions that are right.', {
    accuracy: (shares) => 1 - mean(shares),
  }),
];
