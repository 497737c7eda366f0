/** Training by stochastic gradient descent, epoch after epoch, with every debatable step exchangeable. */
import { accuracy } from '../../../reference/oracles/accuracy.ts';
import { logSoftmax, softmax, softmaxRows, softmaxVjp } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { backward, forward } from '../../../reference/oracles/mlp.ts';
import type { MlpCase, MlpRules } from '../../mistakes/mlp/backprop.ts';
import { backprop, rightRules } from '../../mistakes/mlp/backprop.ts';
import type { Program } from '../../mistakes/program.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';
import { reluMlp } from './fashion-net.ts';
import type { Net } from '../../kinds/listed-net.ts';
import { targetsOf } from './p5-net.ts';

export interface TrainingCase {
  net: Net;
  /** Batches as rows with labels; the last one is smaller. */
  train: readonly Rows[];
  test: readonly Rows[];
  epochs: number;
  learningRate: number;
}

export interface Rows {
  X: Mat;
  Y: number[];
}

export interface Gradients {
  dW: Mat[];
  db: number[][];
}

export interface TrainingRules {
  /** What is taken for the logits: the network's outputs, or by mistake their softmax. */
  softmaxBefore: boolean;
  batches(train: readonly Rows[]): readonly Rows[];
  /** The step from the gradients of this batch and what earlier ones left (same shapes, undefined at first). */
  step(now: Gradients, before: Gradients | undefined): Gradients;
  stepSize(rate: number, batch: Rows, epoch: number, train: readonly Rows[]): number;
  /** Whether the test loop takes steps too. */
  learnsFromTests: boolean;
  epochs(asked: number): number;
  testsFirst: boolean;
  /** One number from the losses of the batches, each before its own step, and the network after the epoch. */
  trainLoss(losses: readonly number[], after: Net, train: readonly Rows[]): number;
  testLoss(losses: readonly number[], sizes: readonly number[]): number;
  accuracy(shares: readonly number[], sizes: readonly number[]): number;
}

export const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
export const sum = (values: readonly number[]) => values.reduce((total, v) => total + v, 0);

/** The mean over images of what is known as means over batches. */
export const meanOverImages = (values: readonly number[], sizes: readonly number[]): number =>
  sum(values.map((v, i) => v * sizes[i]!)) / sum(sizes);

export const batchSizes = (batches: readonly Rows[]): number[] => batches.map(({ Y }) => Y.length);

/** The mean cross-entropy of a batch, from logits. */
export function lossOf(net: Net, { X, Y }: Rows, softmaxBefore = false): number {
  const logits = forward(reluMlp(net), X).z.at(-1)!;
  const taken = softmaxBefore ? softmaxRows(logits) : logits;
  return mean(taken.map((z, i) => -logSoftmax(z)[Y[i]!]!));
}

function gradientsOf(net: Net, { X, Y }: Rows, softmaxBefore: boolean): Gradients {
  const targets = targetsOf(net, Y);
  if (!softmaxBefore) return backward(reluMlp(net), X, targets);
  const { W, b } = reluMlp(net);
  const given: MlpCase = { W, b, X, Y: targets, hidden: 'relu', output: 'softmax-cce' };
  // −ln softmax(p)_y with p = softmax(z): back through the second softmax, then through the first.
  const delta: MlpRules['delta'] = ({ z, y }) =>
    z.map((row, i) => {
      const p = softmax(row);
      return softmaxVjp(
        p,
        softmax(p).map((v, k) => v - y[i]![k]!),
      );
    });
  const gradients = backprop(given, { ...rightRules, delta });
  return { dW: gradients.W, db: gradients.b };
}

/** The network's outputs for these images, one row each. */
export const scoresOf = (net: Net, X: Mat): Mat => forward(reluMlp(net), X).z.at(-1)!;

/** The share of a batch that is classified rightly. */
export const shareOf = (net: Net, { X, Y }: Rows): number => accuracy(softmaxRows(scoresOf(net, X)), Y).share;

export const trainingProgram: Program<TrainingCase, TrainingRules> = {
  right: {
    softmaxBefore: false,
    batches: (train) => train,
    step: (now) => now,
    stepSize: (rate) => rate,
    learnsFromTests: false,
    epochs: (asked) => asked,
    testsFirst: false,
    trainLoss: (losses) => mean(losses),
    testLoss: (losses) => mean(losses),
    accuracy: meanOverImages,
  },
  run: (given, rules) => {
    let net = given.net;
    let before: Gradients | undefined;
    const learn = (batch: Rows, epoch: number) => {
      const { dW, db } = gradientsOf(net, batch, rules.softmaxBefore);
      before = rules.step({ dW, db }, before);
      const size = rules.stepSize(given.learningRate, batch, epoch, given.train);
      const { dW: W, db: b } = before;
      net = {
        weights: net.weights.map((old, l) => zipMat(old, W[l]!, (w, g) => w - size * g)),
        biases: net.biases.map((old, l) => old.map((v, j) => v - size * b[l]![j]!)),
      };
    };
    const curves = { trainLoss: [] as number[], testLoss: [] as number[], testAcc: [] as number[] };
    const sizes = batchSizes(given.test);
    const test = (epoch: number) => {
      const losses = given.test.map((batch) => lossOf(net, batch, rules.softmaxBefore));
      const shares = given.test.map((batch) => shareOf(net, batch));
      curves.testLoss.push(rules.testLoss(losses, sizes));
      curves.testAcc.push(rules.accuracy(shares, sizes));
      if (rules.learnsFromTests) given.test.forEach((batch) => learn(batch, epoch));
    };
    for (let epoch = 0; epoch < rules.epochs(given.epochs); epoch++) {
      if (rules.testsFirst) test(epoch);
      const losses = rules.batches(given.train).map((batch) => {
        const loss = lossOf(net, batch, rules.softmaxBefore);
        learn(batch, epoch);
        return loss;
      });
      curves.trainLoss.push(rules.trainLoss(losses, net, given.train));
      if (!rules.testsFirst) test(epoch);
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

/** The network with these changes. */
export const movedBy = (net: Net, changes: Answer): Net => ({
  weights: net.weights.map((W, l) => {
    const { data } = changes[`W${l + 1}`]!;
    return W.map((row, i) => row.map((v, j) => v + data[i * row.length + j]!));
  }),
  biases: net.biases.map((b, l) => b.map((v, j) => v + changes[`b${l + 1}`]!.data[j]!)),
});

/** What the training changed, layer by layer. */
export const changesOf = (before: Net, after: Net): Answer =>
  Object.fromEntries(
    before.weights.flatMap((W, l) => [
      [`W${l + 1}`, arrayOf(zipMat(after.weights[l]!, W, (a, b) => a - b))],
      [`b${l + 1}`, arrayOf(after.biases[l]!.map((a, j) => a - before.biases[l]![j]!))],
    ]),
  );
