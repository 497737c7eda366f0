/** The binary cross-entropy of every prediction and its derivative, with the arguments in the order y, ŷ; and what is computed in their place. */
import { binaryCrossEntropy, binaryCrossEntropyGradient } from '../../../reference/oracles/losses.ts';
import type { NdArray } from '../../model.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, together } from '../wrong-function.ts';

export const lossOf = (y: number, p: number): number => binaryCrossEntropy(p, y);
export const slopeOf = (y: number, p: number): number => binaryCrossEntropyGradient(p, y);

const meanLoss = (y: NdArray, p: NdArray) => {
  const values = y.data.map((target, i) => lossOf(target, p.data[i]!));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map(() => mean);
};

/** In place of the loss. */
export const binaryLosses: readonly WrongFunction[] = [
  everywhere(
    'sign',
    'the minus in front is missing',
    'The logarithms are negative: put a minus in front.',
    (y, p) => -lossOf(y, p),
  ),
  everywhere(
    'first-term',
    'the term of the class 0 is missing',
    'Add −(1 − y) log(1 − ŷ): for y = 0 your loss is 0.',
    (y, p) => -y * Math.log(p),
  ),
  everywhere(
    'second-term',
    'the term of the class 1 is missing',
    'Add −y log ŷ: for y = 1 your loss is 0.',
    (y, p) => -(1 - y) * Math.log(1 - p),
  ),
  everywhere('labels-exchanged', 'the two classes are exchanged', 'log ŷ goes with y, log(1 − ŷ) with 1 − y.', (y, p) =>
    lossOf(1 - y, p),
  ),
  everywhere(
    'second-sign',
    'the second term has the wrong sign',
    'Both terms have a minus.',
    (y, p) => -y * Math.log(p) + (1 - y) * Math.log(1 - p),
  ),
  everywhere('log2', 'logarithm to base 2', 'Use the natural logarithm, Math.log.', (y, p) => lossOf(y, p) / Math.LN2),
  everywhere(
    'log10',
    'logarithm to base 10',
    'Use the natural logarithm, Math.log.',
    (y, p) => lossOf(y, p) / Math.LN10,
  ),
  everywhere('squared', 'squared error', 'The sheet asks for −y log ŷ − (1 − y) log(1 − ŷ).', (y, p) => (y - p) ** 2),
  together('mean', 'the mean at every place', 'Return the loss of every prediction: no mean, no sum.', meanLoss),
];

/** In place of ∂L/∂ŷ. */
export const binarySlopes: readonly WrongFunction[] = [
  everywhere(
    'sign',
    'the sign is turned round',
    'For y = 1 the loss falls when ŷ rises: the derivative is negative.',
    (y, p) => -slopeOf(y, p),
  ),
  everywhere(
    'logit',
    'ŷ − y',
    'That is the derivative with respect to the input of the sigmoid; divide by ŷ(1 − ŷ).',
    (y, p) => p - y,
  ),
  everywhere(
    'no-inner',
    'the inner derivative of log(1 − ŷ) is missing',
    'The derivative of log(1 − ŷ) is −1/(1 − ŷ).',
    (y, p) => -y / p - (1 - y) / (1 - p),
  ),
  everywhere(
    'first-term',
    'the term of the class 0 is missing',
    'Add (1 − y)/(1 − ŷ): for y = 0 your derivative is 0.',
    (y, p) => -y / p,
  ),
  everywhere(
    'second-term',
    'the term of the class 1 is missing',
    'Add −y/ŷ: for y = 1 your derivative is 0.',
    (y, p) => (1 - y) / (1 - p),
  ),
  everywhere(
    'denominators',
    'the denominators are exchanged',
    'y is divided by ŷ, and 1 − y by 1 − ŷ.',
    (y, p) => -y / (1 - p) + (1 - y) / p,
  ),
  everywhere('product', '(ŷ − y) ŷ (1 − ŷ)', 'Divide by ŷ(1 − ŷ), do not multiply.', (y, p) => (p - y) * p * (1 - p)),
  everywhere(
    'squared',
    'the derivative of the squared error',
    'Differentiate −y log ŷ − (1 − y) log(1 − ŷ).',
    (y, p) => 2 * (p - y),
  ),
  together(
    'over-n',
    'divided by the number of predictions',
    'Return the derivative of every single loss: no mean.',
    (y, p) => y.data.map((target, i) => slopeOf(target, p.data[i]!) / y.data.length),
  ),
];
