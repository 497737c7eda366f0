/** What is computed in place of the derivative of the categorical cross-entropy by every prediction. */
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { ofRows, wrongFunction } from '../wrong-function.ts';

/** A wrong derivative, and whether the program says that it goes through the softmax already. */
interface WrongSlope extends WrongFunction {
  combined?: true;
}

type Entry = (p: number, t: number, examples: number, classes: number) => number;

const entries = (f: Entry) => ofRows((p, t) => zipMat(p, t!, (a, b) => f(a, b, p.length, p[0]!.length)));

/** In place of the derivative by every prediction. */
export const categoricalSlopes: readonly WrongSlope[] = [
  wrongFunction(
    'sign',
    'the sign is turned round',
    'The loss falls when the prediction of the true class rises: its derivative is negative.',
    entries((p, t) => t / p),
  ),
  wrongFunction(
    'undeclared',
    'prediction − target, without saying so',
    'That is the derivative with respect to the input of the softmax. Set `combined = true`, or return −target/prediction.',
    entries((p, t) => p - t),
  ),
  wrongFunction(
    'undeclared-mean',
    '(prediction − target) / examples, without saying so',
    'That is the derivative with respect to the input of the softmax. Set `combined = true`, or return −target/prediction.',
    entries((p, t, examples) => (p - t) / examples),
  ),
  {
    ...wrongFunction(
      'declared-only',
      'combined is set, but the derivative stops at the prediction',
      'With `combined = true` backward returns prediction − target; otherwise leave `combined` false.',
      entries((p, t) => -t / p),
    ),
    combined: true,
  },
  wrongFunction(
    'target-minus',
    'target − prediction',
    'The sign is turned round: it is prediction − target, with `combined = true`.',
    entries((p, t) => t - p),
  ),
  {
    ...wrongFunction(
      'combined-sign',
      'target − prediction, combined',
      'The sign is turned round: it is prediction − target.',
      entries((p, t) => t - p),
    ),
    combined: true,
  },
  wrongFunction(
    'all-classes',
    'the target is not used',
    'Multiply by the target: the other classes do not occur in the loss.',
    entries((p) => -1 / p),
  ),
  wrongFunction(
    'no-division',
    'minus the target',
    'The derivative of log p is 1/p: divide by the prediction.',
    entries((_, t) => -t),
  ),
  wrongFunction(
    'product',
    'multiplied by the prediction',
    'The derivative of log p is 1/p: divide by the prediction.',
    entries((p, t) => -t * p),
  ),
  wrongFunction(
    'loss-terms',
    'the terms of the loss themselves',
    'Differentiate: the derivative of log p is 1/p.',
    entries((p, t) => -t * Math.log(p)),
  ),
  wrongFunction(
    'binary',
    'the derivative of the binary cross-entropy',
    'The term with 1 − target belongs to the binary loss.',
    entries((p, t) => (p - t) / (p * (1 - p))),
  ),
  wrongFunction(
    'squared',
    'the derivative of the squared error',
    'Differentiate −Σ target · log(prediction).',
    entries((p, t) => 2 * (p - t)),
  ),
  wrongFunction(
    'power',
    'divided by the square of the prediction',
    'The derivative of log p is 1/p.',
    entries((p, t) => -t / p ** 2),
  ),
  wrongFunction(
    'mean-classes',
    'divided by the number of classes',
    'The loss sums over the classes: nothing is divided by their number.',
    entries((p, t, _, classes) => -t / p / classes),
  ),
  wrongFunction(
    'mean-everything',
    'divided by the number of all entries',
    'A mean over the mini-batch divides by the number of examples only.',
    entries((p, t, examples, classes) => -t / p / (examples * classes)),
  ),
  wrongFunction(
    'log2',
    'the logarithm to base 2',
    'Use the natural logarithm: its derivative is 1/p.',
    entries((p, t) => -t / p / Math.LN2),
  ),
  wrongFunction(
    'log10',
    'the logarithm to base 10',
    'Use the natural logarithm: its derivative is 1/p.',
    entries((p, t) => -t / p / Math.LN10),
  ),
];
