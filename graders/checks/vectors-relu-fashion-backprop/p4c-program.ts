/** Training by stochastic gradient descent, epoch after epoch, with every debatable step exchangeable. */
import { accuracy } from '../../../reference/oracles/accuracy.ts';
import { logSoftmax, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { backward, forward } from '../../../reference/oracles/mlp.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Answer } from '../../problem.ts';
import { reluMlp } from './fashion-net.ts';
import type { Net } from './p5-net.ts';
import { targetsOf } from './p5-net.ts';

export interface TrainingCase {
  net: Net;
  /** Batches of equal size, as rows with labels. */
  train: readonly Rows[];
  test: readonly Rows[];
  epochs: number;
  learningRate: number;
}

export interface Rows {
  X: Mat;
  Y: number[];
}

interface Gradients {
  dW: Mat[];
  db: number[][];
}

export interface TrainingRules {
  batches(train: readonly Rows[]): readonly Rows[];
  /** The step from the gradients of this batch and what earlier ones left (same shapes, undefined at first). */
  step(now: Gradients, before: Gradients | undefined): Gradients;
  stepSize(rate: number, batch: Rows): number;
  /** Whether the test loop takes steps too. */
  learnsFromTests: boolean;
  epochs(asked: number): number;
  testsFirst: boolean;
  /** One number from the losses of the batches, each before its own step, and the network after the epoch. */
  trainLoss(losses: readonly number[], after: Net, train: readonly Rows[]): number;
  testLoss(losses: readonly number[], batch: Rows): number;
  accuracy(shares: readonly number[], size: number): number;
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const sum = (values: readonly number[]) => values.reduce((total, v) => total + v, 0);

const lossOf = (net: Net, { X, Y }: Rows): number =>
  mean(
    forward(reluMlp(net), X)
      .z.at(-1)!
      .map((z, i) => -logSoftmax(z)[Y[i]!]!),
  );

const shareOf = (net: Net, { X, Y }: Rows): number =>
  accuracy(softmaxRows(forward(reluMlp(net), X).z.at(-1)!), Y).share;

const combined = (a: Gradients, b: Gradients, f: (x: number, y: number) => number): Gradients => ({
  dW: a.dW.map((W, l) => zipMat(W, b.dW[l]!, f)),
  db: a.db.map((row, l) => row.map((v, j) => f(v, b.db[l]![j]!))),
});

export const trainingProgram: Program<TrainingCase, TrainingRules> = {
  right: {
    batches: (train) => train,
    step: (now) => now,
    stepSize: (rate) => rate,
    learnsFromTests: false,
    epochs: (asked) => asked,
    testsFirst: false,
    trainLoss: (losses) => mean(losses),
    testLoss: (losses) => mean(losses),
    accuracy: (shares) => mean(shares),
  },
  run: (given, rules) => {
    let net = given.net;
    let before: Gradients | undefined;
    const learn = (batch: Rows) => {
      const { dW, db } = backward(reluMlp(net), batch.X, targetsOf(net, batch.Y));
      before = rules.step({ dW, db }, before);
      const size = rules.stepSize(given.learningRate, batch);
      const { dW: W, db: b } = before;
      net = {
        weights: net.weights.map((old, l) => zipMat(old, W[l]!, (w, g) => w - size * g)),
        biases: net.biases.map((old, l) => old.map((v, j) => v - size * b[l]![j]!)),
      };
    };
    const curves = { trainLoss: [] as number[], testLoss: [] as number[], testAcc: [] as number[] };
    const test = () => {
      const losses = given.test.map((batch) => lossOf(net, batch));
      curves.testLoss.push(rules.testLoss(losses, given.test[0]!));
      curves.testAcc.push(
        rules.accuracy(
          given.test.map((batch) => shareOf(net, batch)),
          given.test[0]!.Y.length,
        ),
      );
      if (rules.learnsFromTests) given.test.forEach(learn);
    };
    for (let epoch = 0; epoch < rules.epochs(given.epochs); epoch++) {
      if (rules.testsFirst) test();
      const losses = rules.batches(given.train).map((batch) => {
        const loss = lossOf(net, batch);
        learn(batch);
        return loss;
      });
      curves.trainLoss.push(rules.trainLoss(losses, net, given.train));
      if (!rules.testsFirst) test();
    }
    return { ...curvesOf(curves, given.epochs), ...changesOf(given.net, net) };
  },
};

/** Curves that are too short end in −1, which no loss is. */
export const curvesOf = (curves: Readonly<Record<string, readonly number[]>>, epochs: number): Answer =>
  Object.fromEntries(
    Object.entries(curves).map(([name, values]) => [
      name,
      arrayOf(Array.from({ length: epochs }, (_, i) => values[i] ?? -1)),
    ]),
  );

/** What the training changed, layer by layer. */
export const changesOf = (before: Net, after: Net): Answer =>
  Object.fromEntries(
    before.weights.flatMap((W, l) => [
      [`W${l + 1}`, arrayOf(zipMat(after.weights[l]!, W, (a, b) => a - b))],
      [`b${l + 1}`, arrayOf(after.biases[l]!.map((a, j) => a - before.biases[l]![j]!))],
    ]),
  );

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
  m('error-rate', 'the share of wrong predictions', 'Count the predictions that are right.', {
    accuracy: (shares) => 1 - mean(shares),
  }),
];
