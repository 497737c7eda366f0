/** The binary cross-entropy of every prediction and its derivative, with the arguments in the order y, ŷ; and what is computed in their place. */
import { binaryCrossEntropy, binaryCrossEntropyGradient } from '../../../reference/oracles/losses.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, together, wrongFunction } from '../wrong-function.ts';

export const lossOf = (y: number, p: number): number => binaryCrossEntropy(p, y);
export const slopeOf = (y: number, p: number): number => binaryCrossEntropyGradient(p, y);

const meanLoss = (y: NdArray, p: NdArray) => {
  const values = y.data.map((target, i) => lossOf(target, p.data[i]!));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map(() => mean);
};

/** In place of the loss. */
export const binaryLosses: readonly WrongFunction[] = [
  wrongFunction(
    'sign',
    'the minus in front is missing',
    'The logarithms are negative: put a minus in front.',
    everywhere((y, p) => -lossOf(y, p)),
  ),
  wrongFunction(
    'first-term',
    'the term of the class 0 is missing',
    'Add −(1 − y) log(1 − ŷ): for y = 0 your loss is 0.',
    everywhere((y, p) => -y * Math.log(p)),
  ),
  wrongFunction(
    'second-term',
    'the term of the class 1 is missing',
    'Add −y log ŷ: for y = 1 your loss is 0.',
    everywhere((y, p) => -(1 - y) * Math.log(1 - p)),
  ),
  wrongFunction(
    'labels-exchanged',
    'the two classes are exchanged',
    'log ŷ goes with y, log(1 − ŷ) with 1 − y.',
    everywhere((y, p) => lossOf(1 - y, p)),
  ),
  wrongFunction(
    'second-sign',
    'the second term has the wrong sign',
    'Both terms have a minus.',
    everywhere((y, p) => -y * Math.log(p) + (1 - y) * Math.log(1 - p)),
  ),
  wrongFunction(
    'log2',
    'logarithm to base 2',
    'Use the natural logarithm, Math.log.',
    everywhere((y, p) => lossOf(y, p) / Math.LN2),
  ),
  wrongFunction(
    'log10',
    'logarithm to base 10',
    'Use the natural logarithm, Math.log.',
    everywhere((y, p) => lossOf(y, p) / Math.LN10),
  ),
  wrongFunction(
    'squared',
    'squared error',
    'The sheet asks for −y log ŷ − (1 − y) log(1 − ŷ).',
    everywhere((y, p) => (y - p) ** 2),
  ),
  wrongFunction(
    'mean',
    'the mean at every place',
    'Return the loss of every prediction: no mean, no sum.',
    together(meanLoss),
  ),
];

/** In place of ∂L/∂ŷ. */
export const binarySlopes: readonly WrongFunction[] = [
  wrongFunction(
    'sign',
    'the sign is turned round',
    'For y = 1 the loss falls when ŷ rises: the derivative is negative.',
    everywhere((y, p) => -slopeOf(y, p)),
  ),
  wrongFunction(
    'logit',
    'ŷ − y',
    'That is the derivative with respect to the input of the sigmoid; divide by ŷ(1 − ŷ).',
    everywhere((y, p) => p - y),
  ),
  wrongFunction(
    'no-inner',
    'the inner derivative of log(1 − ŷ) is missing',
    'The derivative of log(1 − ŷ) is −1/(1 − ŷ).',
    everywhere((y, p) => -y / p - (1 - y) / (1 - p)),
  ),
  wrongFunction(
    'first-term',
    'the term of the class 0 is missing',
    'Add (1 − y)/(1 − ŷ): for y = 0 your derivative is 0.',
    everywhere((y, p) => -y / p),
  ),
  wrongFunction(
    'second-term',
    'the term of the class 1 is missing',
    'Add −y/ŷ: for y = 1 your derivative is 0.',
    everywhere((y, p) => (1 - y) / (1 - p)),
  ),
  wrongFunction(
    'denominators',
    'the denominators are exchanged',
    'y is divided by ŷ, and 1 − y by 1 − ŷ.',
    everywhere((y, p) => -y / (1 - p) + (1 - y) / p),
  ),
  wrongFunction(
    'product',
    '(ŷ − y) ŷ (1 − ŷ)',
    'Divide by ŷ(1 − ŷ), do not multiply.',
    everywhere((y, p) => (p - y) * p * (1 - p)),
  ),
  wrongFunction(
    'squared',
    'the derivative of the squared error',
    'Differentiate −y log ŷ − (1 − y) log(1 − ŷ).',
    everywhere((y, p) => 2 * (p - y)),
  ),
  wrongFunction(
    'over-n',
    'divided by the number of predictions',
    'Return the derivative of every single loss: no mean.',
    together((y, p) => y.data.map((target, i) => slopeOf(target, p.data[i]!) / y.data.length)),
  ),
];
