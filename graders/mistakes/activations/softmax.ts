/** What is computed in place of the softmax of every row. */
import { logSoftmax, sigmoid, softmax, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, scaleMat, sum, transpose } from '../../../reference/oracles/linear-algebra.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, ofRows, wrongFunction } from '../wrong-function.ts';

const normalised = (row: readonly number[]): number[] => row.map((v) => v / sum([...row]));

const overTheBatch = (z: Mat): Mat => transpose(softmaxRows(transpose(z)));

const overEverything = (z: Mat): Mat => {
  const all = softmax(z.flat());
  return z.map((row, i) => row.map((_, j) => all[i * row.length + j]!));
};

/** In place of the softmax, of a function of matrices. */
export const softmaxes: readonly WrongFunction[] = [
  wrongFunction(
    'over-the-batch',
    'normalised over the batch',
    'Every row is an image: divide by the sum of its row.',
    ofRows(overTheBatch),
  ),
  wrongFunction(
    'over-everything',
    'normalised over all numbers',
    'Every row sums to 1 by itself.',
    ofRows(overEverything),
  ),
  wrongFunction(
    'not-normalised',
    'not normalised',
    'Divide by the sum of the exponentials of the row.',
    ofRows((X) => X.map((row) => row.map(Math.exp))),
  ),
  wrongFunction(
    'no-exponential',
    'no exponential',
    'Take e^x first, then divide by the sum.',
    ofRows((X) => X.map(normalised)),
  ),
  wrongFunction(
    'mirrored',
    'e^−x instead of e^x',
    'The largest x gets the largest probability.',
    ofRows((X) => softmaxRows(X.map((row) => row.map((x) => -x)))),
  ),
  wrongFunction(
    'logarithm',
    'its logarithm',
    'Return the probabilities themselves.',
    ofRows((X) => softmaxRows(X).map((row) => row.map(Math.log))),
  ),
  wrongFunction(
    'sigmoid',
    'sigmoids',
    'Sigmoids do not sum to 1: divide e^x by the sum over the row.',
    everywhere(sigmoid),
  ),
];

/** In place of the softmax, of an object whose `backward` gives the gradient. */
export const softmaxesOfObjects: readonly WrongFunction[] = [
  wrongFunction(
    'columns',
    'softmax over the mini-batch',
    'Normalise every row: the probabilities of one example sum to 1.',
    ofRows(overTheBatch),
  ),
  wrongFunction(
    'whole-batch',
    'one sum for the whole mini-batch',
    'Divide every row by its own sum.',
    ofRows(overEverything),
  ),
  wrongFunction(
    'not-normalised',
    'exp without the division',
    'Divide by the sum of the row.',
    ofRows((z) => mapMat(z, Math.exp)),
  ),
  wrongFunction(
    'no-exp',
    'no exponential function',
    'Take exp of every entry before you divide by the sum.',
    ofRows((z) => z.map(normalised)),
  ),
  wrongFunction(
    'sigmoid',
    'the sigmoid of every entry',
    'Softmax divides by the sum over the row, so that the row sums to 1.',
    ofRows((z) => mapMat(z, sigmoid)),
  ),
  wrongFunction(
    'sigmoid-normalised',
    'sigmoids divided by their sum',
    'Use exp(x), not σ(x), in numerator and sum.',
    ofRows((z) => z.map((row) => normalised(row.map(sigmoid)))),
  ),
  wrongFunction(
    'base-two',
    'powers of 2',
    'Use the exponential function with base e, Math.exp.',
    ofRows((z) => softmaxRows(scaleMat(z, Math.LN2))),
  ),
  wrongFunction(
    'softmin',
    'exp(−x)',
    'The largest entry gets the largest probability: there is no minus in the exponent.',
    ofRows((z) => softmaxRows(scaleMat(z, -1))),
  ),
  wrongFunction(
    'log',
    'the logarithm of the softmax',
    'Leave out the logarithm: it belongs to the loss.',
    ofRows((z) => z.map(logSoftmax)),
  ),
  wrongFunction(
    'by-largest',
    'divided by the largest entry',
    'Divide by the sum of the row.',
    ofRows((z) => z.map((row) => row.map((v) => Math.exp(v - Math.max(...row))))),
  ),
  wrongFunction(
    'twice',
    'softmax of the softmax',
    'Apply the softmax once.',
    ofRows((z) => softmaxRows(softmaxRows(z))),
  ),
  wrongFunction(
    'argmax',
    'only 0 and 1',
    'Softmax returns probabilities, not a decision.',
    ofRows((z) => z.map((row) => row.map((v) => (v === Math.max(...row) ? 1 : 0)))),
  ),
  wrongFunction(
    'mean-row',
    'divided by the mean of the row',
    'Divide by the sum of the row, not by its mean.',
    ofRows((z) => softmaxRows(z).map((row) => row.map((p) => p * row.length))),
  ),
  wrongFunction(
    'columns-sum',
    'exp divided by the sums of the columns after a row maximum',
    'Sum over the row that the entry is in.',
    ofRows((z) => {
      const e = z.map((row) => row.map((v) => Math.exp(v - Math.max(...row))));
      return transpose(transpose(e).map(normalised));
    }),
  ),
];
