/** What is computed in place of the softmax of every row. */
import { logSoftmax, sigmoid, softmax, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, scaleMat, sum, transpose } from '../../../reference/oracles/linear-algebra.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, ofRows } from '../wrong-function.ts';

const normalised = (row: readonly number[]): number[] => row.map((v) => v / sum([...row]));

const overTheBatch = (z: Mat): Mat => transpose(softmaxRows(transpose(z)));

const overEverything = (z: Mat): Mat => {
  const all = softmax(z.flat());
  return z.map((row, i) => row.map((_, j) => all[i * row.length + j]!));
};

/** In place of the softmax, of a function of matrices. */
export const softmaxes: readonly WrongFunction[] = [
  ofRows(
    'over-the-batch',
    'normalised over the batch',
    'Every row is an image: divide by the sum of its row.',
    overTheBatch,
  ),
  ofRows('over-everything', 'normalised over all numbers', 'Every row sums to 1 by itself.', overEverything),
  ofRows('not-normalised', 'not normalised', 'Divide by the sum of the exponentials of the row.', (X) =>
    X.map((row) => row.map(Math.exp)),
  ),
  ofRows('no-exponential', 'no exponential', 'Take e^x first, then divide by the sum.', (X) => X.map(normalised)),
  ofRows('mirrored', 'e^−x instead of e^x', 'The largest x gets the largest probability.', (X) =>
    softmaxRows(X.map((row) => row.map((x) => -x))),
  ),
  ofRows('logarithm', 'its logarithm', 'Return the probabilities themselves.', (X) =>
    softmaxRows(X).map((row) => row.map(Math.log)),
  ),
  everywhere('sigmoid', 'sigmoids', 'Sigmoids do not sum to 1: divide e^x by the sum over the row.', sigmoid),
];

/** In place of the softmax, of an object whose `backward` gives the gradient. */
export const softmaxesOfObjects: readonly WrongFunction[] = [
  ofRows(
    'columns',
    'softmax over the mini-batch',
    'Normalise every row: the probabilities of one example sum to 1.',
    overTheBatch,
  ),
  ofRows('whole-batch', 'one sum for the whole mini-batch', 'Divide every row by its own sum.', overEverything),
  ofRows('not-normalised', 'exp without the division', 'Divide by the sum of the row.', (z) => mapMat(z, Math.exp)),
  ofRows('no-exp', 'no exponential function', 'Take exp of every entry before you divide by the sum.', (z) =>
    z.map(normalised),
  ),
  ofRows(
    'sigmoid',
    'the sigmoid of every entry',
    'Softmax divides by the sum over the row, so that the row sums to 1.',
    (z) => mapMat(z, sigmoid),
  ),
  ofRows('sigmoid-normalised', 'sigmoids divided by their sum', 'Use exp(x), not σ(x), in numerator and sum.', (z) =>
    z.map((row) => normalised(row.map(sigmoid))),
  ),
  ofRows('base-two', 'powers of 2', 'Use the exponential function with base e, Math.exp.', (z) =>
    softmaxRows(scaleMat(z, Math.LN2)),
  ),
  ofRows(
    'softmin',
    'exp(−x)',
    'The largest entry gets the largest probability: there is no minus in the exponent.',
    (z) => softmaxRows(scaleMat(z, -1)),
  ),
  ofRows('log', 'the logarithm of the softmax', 'Leave out the logarithm: it belongs to the loss.', (z) =>
    z.map(logSoftmax),
  ),
  ofRows('by-largest', 'divided by the largest entry', 'Divide by the sum of the row.', (z) =>
    z.map((row) => row.map((v) => Math.exp(v - Math.max(...row)))),
  ),
  ofRows('twice', 'softmax of the softmax', 'Apply the softmax once.', (z) => softmaxRows(softmaxRows(z))),
  ofRows('argmax', 'only 0 and 1', 'Softmax returns probabilities, not a decision.', (z) =>
    z.map((row) => row.map((v) => (v === Math.max(...row) ? 1 : 0))),
  ),
  ofRows('mean-row', 'divided by the mean of the row', 'Divide by the sum of the row, not by its mean.', (z) =>
    softmaxRows(z).map((row) => row.map((p) => p * row.length)),
  ),
  ofRows(
    'columns-sum',
    'exp divided by the sums of the columns after a row maximum',
    'Sum over the row that the entry is in.',
    (z) => {
      const e = z.map((row) => row.map((v) => Math.exp(v - Math.max(...row))));
      return transpose(transpose(e).map(normalised));
    },
  ),
];
