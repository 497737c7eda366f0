/** The categorical cross-entropy of every example, its derivative, and what is computed in their place. */
import { categoricalCrossEntropy } from '../../../reference/oracles/losses.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, sum, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { VariantFamily } from '../../key.ts';
import type { Answer } from '../../question.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { ofRows } from '../wrong-function.ts';

/** Predictions and targets, examples × classes. */
export interface LossCase {
  p: Mat;
  t: Mat;
}

const lossOf = (p: Vec, t: Vec) => categoricalCrossEntropy([p], [t])[0]!;
const totalOf = (p: Mat, t: Mat) => sum(categoricalCrossEntropy(p, t));
const binaryOf = (p: Vec, t: Vec) => sum(p.map((v, k) => -t[k]! * Math.log(v) - (1 - t[k]!) * Math.log(1 - v)));
const squaredOf = (p: Vec, t: Vec) => sum(p.map((v, k) => (v - t[k]!) ** 2));
const ofTrueClass = (p: Vec, t: Vec) => sum(p.map((v, k) => v * t[k]!));

/** A wrong loss of every example. */
const perExample = (id: string, title: string, advice: string, f: (p: Vec, t: Vec) => number): WrongFunction =>
  ofRows(id, title, advice, (p, t) => p.map((row, i) => f(row, t![i]!)));

/** One number for the whole mini-batch. */
const sameFor = (id: string, title: string, advice: string, f: (p: Mat, t: Mat) => number): WrongFunction =>
  ofRows(id, title, advice, (p, t) => p.map(() => f(p, t!)));

/** In place of the loss of every example. */
export const categoricalLosses: readonly WrongFunction[] = [
  sameFor(
    'sum',
    'one sum over the mini-batch',
    'Return one loss for each example: sum over the classes only.',
    (p, t) => totalOf(p, t),
  ),
  sameFor(
    'mean-everything',
    'one mean over examples and classes',
    'Sum over the classes; a mean without an axis also divides by the number of classes.',
    (p, t) => totalOf(p, t) / p.flat().length,
  ),
  perExample(
    'mean-classes',
    'the mean over the classes',
    'Sum over the classes: a mean divides the loss by their number.',
    (p, t) => lossOf(p, t) / p.length,
  ),
  perExample(
    'sign',
    'the minus is missing',
    'Logarithms of probabilities are negative: put a minus in front.',
    (p, t) => -lossOf(p, t),
  ),
  perExample(
    'log10',
    'the logarithm to base 10',
    'Use the natural logarithm, Math.log.',
    (p, t) => lossOf(p, t) / Math.LN10,
  ),
  perExample(
    'log2',
    'the logarithm to base 2',
    'Use the natural logarithm, Math.log.',
    (p, t) => lossOf(p, t) / Math.LN2,
  ),
  perExample(
    'binary',
    'the binary cross-entropy',
    'The term with 1 − target belongs to the binary loss: leave it out.',
    (p, t) => binaryOf(p, t),
  ),
  perExample(
    'binary-mean',
    'the mean binary cross-entropy',
    'The term with 1 − target belongs to the binary loss: leave it out, and sum over the classes.',
    (p, t) => binaryOf(p, t) / p.length,
  ),
  perExample(
    'all-classes',
    'the target is not used',
    'Multiply every logarithm by its target, so that the true class alone counts.',
    (p) => -sum(p.map(Math.log)),
  ),
  perExample('no-log', 'no logarithm', 'Take the logarithm of the prediction.', (p, t) => -ofTrueClass(p, t)),
  perExample(
    'one-minus',
    '1 minus the probability of the true class',
    'Take −log of the probability of the true class.',
    (p, t) => 1 - ofTrueClass(p, t),
  ),
  perExample('squared', 'the squared error', 'The sheet asks for −Σ target · log(prediction).', (p, t) =>
    squaredOf(p, t),
  ),
  perExample(
    'squared-mean',
    'the mean squared error',
    'The sheet asks for −Σ target · log(prediction).',
    (p, t) => squaredOf(p, t) / p.length,
  ),
  perExample(
    'wrong-classes',
    'the classes that are not true',
    'Multiply by the target, not by 1 − target.',
    (p, t) => -sum(p.map((v, k) => (1 - t[k]!) * Math.log(v))),
  ),
  perExample(
    'entropy',
    'the entropy of the prediction',
    'Multiply the logarithm by the target, not by the prediction.',
    (p) => -sum(p.map((v) => v * Math.log(v))),
  ),
];

/** A wrong derivative, and whether the program says that it goes through the softmax already. */
export interface WrongSlope extends WrongFunction {
  combined: boolean;
}

type Entry = (p: number, t: number, examples: number, classes: number) => number;

const entries = (id: string, title: string, advice: string, f: Entry, combined = false): WrongSlope => ({
  ...ofRows(id, title, advice, (p, t) => zipMat(p, t!, (a, b) => f(a, b, p.length, p[0]!.length))),
  combined,
});

/** In place of the derivative by every prediction. */
export const categoricalSlopes: readonly WrongSlope[] = [
  entries(
    'sign',
    'the sign is turned round',
    'The loss falls when the prediction of the true class rises: its derivative is negative.',
    (p, t) => t / p,
  ),
  entries(
    'undeclared',
    'prediction − target, without saying so',
    'That is the derivative with respect to the input of the softmax. Set `combined = true`, or return −target/prediction.',
    (p, t) => p - t,
  ),
  entries(
    'undeclared-mean',
    '(prediction − target) / examples, without saying so',
    'That is the derivative with respect to the input of the softmax. Set `combined = true`, or return −target/prediction.',
    (p, t, examples) => (p - t) / examples,
  ),
  entries(
    'declared-only',
    'combined is set, but the derivative stops at the prediction',
    'With `combined = true` backward returns prediction − target; otherwise leave `combined` false.',
    (p, t) => -t / p,
    true,
  ),
  entries(
    'target-minus',
    'target − prediction',
    'The sign is turned round: it is prediction − target, with `combined = true`.',
    (p, t) => t - p,
  ),
  entries(
    'combined-sign',
    'target − prediction, combined',
    'The sign is turned round: it is prediction − target.',
    (p, t) => t - p,
    true,
  ),
  entries(
    'all-classes',
    'the target is not used',
    'Multiply by the target: the other classes do not occur in the loss.',
    (p) => -1 / p,
  ),
  entries('no-division', 'minus the target', 'The derivative of log p is 1/p: divide by the prediction.', (_, t) => -t),
  entries(
    'product',
    'multiplied by the prediction',
    'The derivative of log p is 1/p: divide by the prediction.',
    (p, t) => -t * p,
  ),
  entries(
    'loss-terms',
    'the terms of the loss themselves',
    'Differentiate: the derivative of log p is 1/p.',
    (p, t) => -t * Math.log(p),
  ),
  entries(
    'binary',
    'the derivative of the binary cross-entropy',
    'The term with 1 − target belongs to the binary loss.',
    (p, t) => (p - t) / (p * (1 - p)),
  ),
  entries(
    'squared',
    'the derivative of the squared error',
    'Differentiate −Σ target · log(prediction).',
    (p, t) => 2 * (p - t),
  ),
  entries('power', 'divided by the square of the prediction', 'The derivative of log p is 1/p.', (p, t) => -t / p ** 2),
  entries(
    'mean-classes',
    'divided by the number of classes',
    'The loss sums over the classes: nothing is divided by their number.',
    (p, t, _, classes) => -t / p / classes,
  ),
  entries(
    'mean-everything',
    'divided by the number of all entries',
    'A mean over the mini-batch divides by the number of examples only.',
    (p, t, examples, classes) => -t / p / (examples * classes),
  ),
  entries(
    'log2',
    'the logarithm to base 2',
    'Use the natural logarithm: its derivative is 1/p.',
    (p, t) => -t / p / Math.LN2,
  ),
  entries(
    'log10',
    'the logarithm to base 10',
    'Use the natural logarithm: its derivative is 1/p.',
    (p, t) => -t / p / Math.LN10,
  ),
];

/** Sizes of what keeps logarithms and quotients finite, where it is larger than what costs nothing. */
const values = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1];

/** Predictions that are raised to a number, or to which one is added; `effect` says what comes of it. */
export const guardsOf = (effect: string, at: (probe: LossCase) => Answer): VariantFamily<LossCase>[] => [
  {
    id: 'clipped',
    title: 'predictions are kept above a number',
    advice: (value) =>
      `Predictions below ${value} are raised to it, so that ${effect}: a limit of 1e-12 keeps it finite as well.`,
    values,
    compute: ({ p, t }, value) => at({ p: mapMat(p, (v) => Math.max(v, value)), t }),
  },
  {
    id: 'shifted',
    title: 'a number is added to predictions',
    advice: (value) => `${value} is added to every prediction, so that ${effect}: 1e-12 keeps it finite as well.`,
    values,
    compute: ({ p, t }, value) => at({ p: mapMat(p, (v) => v + value), t }),
  },
];
