/** What is computed in place of the categorical cross-entropy of every example, and what keeps its logarithm finite. */
import { categoricalCrossEntropy } from '../../../reference/oracles/losses.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, sum } from '../../../reference/oracles/linear-algebra.ts';
import type { VariantFamily } from '../../key.ts';
import type { Answer } from '../../question.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { ofRows, wrongFunction } from '../wrong-function.ts';

/** Predictions and targets, examples × classes. */
interface LossCase {
  p: Mat;
  t: Mat;
}

const lossOf = (p: Vec, t: Vec) => categoricalCrossEntropy([p], [t])[0]!;
const totalOf = (p: Mat, t: Mat) => sum(categoricalCrossEntropy(p, t));
const binaryOf = (p: Vec, t: Vec) => sum(p.map((v, k) => -t[k]! * Math.log(v) - (1 - t[k]!) * Math.log(1 - v)));
const squaredOf = (p: Vec, t: Vec) => sum(p.map((v, k) => (v - t[k]!) ** 2));
const ofTrueClass = (p: Vec, t: Vec) => sum(p.map((v, k) => v * t[k]!));

/** A loss of every example. */
const perExample = (f: (p: Vec, t: Vec) => number) => ofRows((p, t) => p.map((row, i) => f(row, t![i]!)));

/** One number for the whole mini-batch. */
const sameForAll = (f: (p: Mat, t: Mat) => number) => ofRows((p, t) => p.map(() => f(p, t!)));

/** In place of the loss of every example. */
export const categoricalLosses: readonly WrongFunction[] = [
  wrongFunction(
    'sum',
    'one sum over the mini-batch',
    'Return one loss for each example: sum over the classes only.',
    sameForAll((p, t) => totalOf(p, t)),
  ),
  wrongFunction(
    'mean-everything',
    'one mean over examples and classes',
    'Sum over the classes; a mean without an axis also divides by the number of classes.',
    sameForAll((p, t) => totalOf(p, t) / p.flat().length),
  ),
  wrongFunction(
    'mean-classes',
    'the mean over the classes',
    'Sum over the classes: a mean divides the loss by their number.',
    perExample((p, t) => lossOf(p, t) / p.length),
  ),
  wrongFunction(
    'sign',
    'the minus is missing',
    'Logarithms of probabilities are negative: put a minus in front.',
    perExample((p, t) => -lossOf(p, t)),
  ),
  wrongFunction(
    'log10',
    'the logarithm to base 10',
    'Use the natural logarithm, Math.log.',
    perExample((p, t) => lossOf(p, t) / Math.LN10),
  ),
  wrongFunction(
    'log2',
    'the logarithm to base 2',
    'Use the natural logarithm, Math.log.',
    perExample((p, t) => lossOf(p, t) / Math.LN2),
  ),
  wrongFunction(
    'binary',
    'the binary cross-entropy',
    'The term with 1 − target belongs to the binary loss: leave it out.',
    perExample((p, t) => binaryOf(p, t)),
  ),
  wrongFunction(
    'binary-mean',
    'the mean binary cross-entropy',
    'The term with 1 − target belongs to the binary loss: leave it out, and sum over the classes.',
    perExample((p, t) => binaryOf(p, t) / p.length),
  ),
  wrongFunction(
    'all-classes',
    'the target is not used',
    'Multiply every logarithm by its target, so that the true class alone counts.',
    perExample((p) => -sum(p.map(Math.log))),
  ),
  wrongFunction(
    'no-log',
    'no logarithm',
    'Take the logarithm of the prediction.',
    perExample((p, t) => -ofTrueClass(p, t)),
  ),
  wrongFunction(
    'one-minus',
    '1 minus the probability of the true class',
    'Take −log of the probability of the true class.',
    perExample((p, t) => 1 - ofTrueClass(p, t)),
  ),
  wrongFunction(
    'squared',
    'the squared error',
    'The sheet asks for −Σ target · log(prediction).',
    perExample((p, t) => squaredOf(p, t)),
  ),
  wrongFunction(
    'squared-mean',
    'the mean squared error',
    'The sheet asks for −Σ target · log(prediction).',
    perExample((p, t) => squaredOf(p, t) / p.length),
  ),
  wrongFunction(
    'wrong-classes',
    'the classes that are not true',
    'Multiply by the target, not by 1 − target.',
    perExample((p, t) => -sum(p.map((v, k) => (1 - t[k]!) * Math.log(v)))),
  ),
  wrongFunction(
    'entropy',
    'the entropy of the prediction',
    'Multiply the logarithm by the target, not by the prediction.',
    perExample((p) => -sum(p.map((v) => v * Math.log(v)))),
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

/** Predictions that are lowered to a number where they are above it. */
export const ceilingsOf = (at: (probe: LossCase) => Answer): VariantFamily<LossCase>[] => [
  {
    id: 'cut-off-above',
    title: 'predictions are kept below a number',
    advice: (value) =>
      `Predictions above 1 − ${value} are lowered to it, so that a sure and right prediction costs something: the logarithm of 1 needs no limit.`,
    values,
    compute: ({ p, t }, value) => at({ p: mapMat(p, (v) => Math.min(v, 1 - value)), t }),
  },
];
