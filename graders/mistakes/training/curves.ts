/**
 * The curves of a training by stochastic gradient descent: mean losses of training and test, the test accuracy, epoch after
 * epoch, and what the training changes in the weights. Every debatable step is exchangeable, those of the course as well.
 */
import { accuracy } from '../../../reference/oracles/accuracy.ts';
import { logSoftmax, softmax, softmaxRows, softmaxVjp } from '../../../reference/oracles/activations.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mlp } from '../../../reference/oracles/mlp.ts';
import { backward, forward } from '../../../reference/oracles/mlp.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';
import type { MlpCase } from '../mlp/backprop.ts';
import { backprop, rightRules } from '../mlp/backprop.ts';
import type { Program } from '../program.ts';
import type { Course, CourseRules, Rows } from './course.ts';
import { cutAll, everyPlace, inOrder, walk } from './course.ts';

export interface CurveRules extends CourseRules {
  /** The loss of a batch. */
  loss(net: MlpCase, batch: Rows): number;
  testsFirst: boolean;
  /** One number from the losses of the batches, each before its own step; `after` gives those of the net after the epoch. */
  trainLoss(losses: readonly number[], sizes: readonly number[], after: () => number[]): number;
  testLoss(losses: readonly number[], sizes: readonly number[]): number;
  accuracy(shares: readonly number[], sizes: readonly number[]): number;
}

export const sum = (values: readonly number[]) => values.reduce((total, v) => total + v, 0);
export const mean = (values: readonly number[]) => sum(values) / values.length;

/** The mean over samples of what is known as means over batches. */
export const meanOverSamples = (values: readonly number[], sizes: readonly number[]): number =>
  sum(values.map((v, i) => v * sizes[i]!)) / sum(sizes);

const mlpOf = ({ W, b, hidden }: Pick<MlpCase, 'W' | 'b' | 'hidden'>): Mlp => ({ W, b, hidden, output: 'softmax-cce' });
const classOf = (bits: readonly number[]) => bits.indexOf(1);

/** The mean cross-entropy of a batch, from logits. */
export const lossOf = (net: Parameters<typeof mlpOf>[0], { X, Y }: Rows): number =>
  mean(
    forward(mlpOf(net), X)
      .z.at(-1)!
      .map((z, i) => -logSoftmax(z)[classOf(Y[i]!)]!),
  );

/** The share of a batch that is classified rightly. */
export const shareOf = (net: Parameters<typeof mlpOf>[0], { X, Y }: Rows): number =>
  accuracy(softmaxRows(forward(mlpOf(net), X).z.at(-1)!), Y.map(classOf)).share;

/** Probabilities taken for logits: the loss, and its gradients back through the second softmax, then through the first. */
export const softmaxTwice: Pick<CurveRules, 'loss' | 'gradients'> = {
  loss: (net, { X, Y }) =>
    mean(softmaxRows(forward(mlpOf(net), X).z.at(-1)!).map((p, i) => -logSoftmax(p)[classOf(Y[i]!)]!)),
  gradients: (net) =>
    backprop(net, {
      ...rightRules,
      delta: ({ z, y }) =>
        z.map((row, i) => {
          const p = softmax(row);
          return softmaxVjp(
            p,
            softmax(p).map((v, k) => v - y[i]![k]!),
          );
        }),
    }),
};

/** The rows in batches of this size, the last one smaller. */
export const batchesOf = ({ X, Y }: Rows, size: number): Rows[] =>
  cutAll(everyPlace(X.length), size).map((places) => ({ X: places.map((n) => X[n]!), Y: places.map((n) => Y[n]!) }));

/** The answer is `{ trainLoss, testLoss, testAcc, W1, b1, … }`. */
export const curveProgram: Program<Course, CurveRules> = {
  right: {
    ...inOrder,
    batches: cutAll,
    gradients: (net) => {
      const { dW, db } = backward(mlpOf(net), net.X, net.Y, 'mean', 'weights');
      return { W: dW, b: db };
    },
    loss: lossOf,
    testsFirst: false,
    trainLoss: (losses) => mean(losses),
    testLoss: (losses) => mean(losses),
    accuracy: meanOverSamples,
  },
  run: (course, rules) => {
    const { start, batchSize, testBatchSize = batchSize } = course;
    const [train, test] = [batchesOf(course.train, batchSize), batchesOf(course.test, testBatchSize)];
    const sizes = (batches: readonly Rows[]) => batches.map(({ Y }) => Y.length);
    const curves = { trainLoss: [] as number[], testLoss: [] as number[], testAcc: [] as number[] };
    const walking = walk(course, rules);
    let next = walking.next();
    for (; !next.done; next = walking.next()) {
      const { steps, net } = next.value;
      const tested = rules.testsFirst ? steps[0]! : net;
      const lossesOf = (at: MlpCase, batches: readonly Rows[]) => batches.map((batch) => rules.loss(at, batch));
      const losses = steps.map((at) => rules.loss(at, at));
      curves.trainLoss.push(rules.trainLoss(losses, sizes(train), () => lossesOf(net, train)));
      curves.testLoss.push(rules.testLoss(lossesOf(tested, test), sizes(test)));
      const shares = test.map((batch) => shareOf(tested, batch));
      curves.testAcc.push(rules.accuracy(shares, sizes(test)));
    }
    const end = next.value;
    return { ...curvesOf(curves, course.epochs), ...changesOf(start, end) };
  },
};

/** Curves that are too short end in −1, which no loss is. */
const curvesOf = (curves: Readonly<Record<string, readonly number[]>>, epochs: number): Answer =>
  Object.fromEntries(
    Object.entries(curves).map(([name, values]) => [
      name,
      arrayOf(Array.from({ length: epochs }, (_, i) => values[i] ?? -1)),
    ]),
  );

type Weights = Pick<MlpCase, 'W' | 'b'>;

/** What a training changed, layer by layer. */
const changesOf = (before: Weights, after: Weights): Answer =>
  Object.fromEntries(
    before.W.flatMap((W, l) => [
      [`W${l + 1}`, arrayOf(zipMat(after.W[l]!, W, (a, b) => a - b))],
      [`b${l + 1}`, arrayOf(after.b[l]!.map((a, j) => a - before.b[l]![j]!))],
    ]),
  );
