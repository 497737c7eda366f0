/** What Softmax.call computes, and what is computed in its place. */
import { logSoftmax, sigmoid, softmax, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, scaleMat, sum, transpose } from '../../../reference/oracles/linear-algebra.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { make } from './objects.ts';
import { matAnswer, readOne } from '../../kinds/named-arrays.ts';
import { otherRows, randomRows, shapeOf } from '../../kinds/drawn-rows.ts';

export interface LogitsProbe {
  z: Mat;
}

const wrong = (id: string, title: string, advice: string, f: (z: Mat) => Mat): Variant<LogitsProbe> => ({
  id,
  title,
  advice,
  compute: ({ z }) => matAnswer('p', f(z)),
});

/** Rows of different size and spread: a sum over the whole mini-batch then shows. */
const drawLogits = (random: Random, rows: number, cols: number): LogitsProbe => ({
  z: randomRows(random, rows, cols).map((row, i) => row.map((v) => Math.fround(v * (0.5 + 0.4 * i) + 0.7 * i - 1))),
});

const normalised = (row: readonly number[]): number[] => row.map((v) => v / sum([...row]));

const problem: Omit<Problem<LogitsProbe>, 'ask'> = {
  id: '2.3.call',
  title: 'The softmax of every row',
  precision: 'single',
  probes: (random) =>
    (
      [
        [4, 10],
        [6, 4],
        [3, 7],
      ] as const
    ).map(([rows, cols], i) => drawLogits(random.fork(`${i}`), rows, cols)),
  describe: ({ z }) => `${z.length} rows of ${z[0]!.length} numbers`,
  read: ({ value }, { z }) => readOne('p', value, shapeOf(z), 'Softmax.call'),
  write: (answer) => answer['p'],
  oracle: ({ z }) => matAnswer('p', softmaxRows(z)),
  mistakes: [
    wrong(
      'columns',
      'softmax over the mini-batch',
      'Normalise every row: the probabilities of one example sum to 1.',
      (z) => transpose(softmaxRows(transpose(z))),
    ),
    wrong('whole-batch', 'one sum for the whole mini-batch', 'Divide every row by its own sum.', (z) => {
      const all = softmax(z.flat());
      return z.map((row, i) => row.map((_, j) => all[i * row.length + j]!));
    }),
    wrong('not-normalised', 'exp without the division', 'Divide by the sum of the row.', (z) => mapMat(z, Math.exp)),
    wrong('no-exp', 'no exponential function', 'Take exp of every entry before you divide by the sum.', (z) =>
      z.map(normalised),
    ),
    wrong(
      'sigmoid',
      'the sigmoid of every entry',
      'Softmax divides by the sum over the row, so that the row sums to 1.',
      (z) => mapMat(z, sigmoid),
    ),
    wrong('sigmoid-normalised', 'sigmoids divided by their sum', 'Use exp(x), not σ(x), in numerator and sum.', (z) =>
      z.map((row) => normalised(row.map(sigmoid))),
    ),
    wrong('base-two', 'powers of 2', 'Use the exponential function with base e, Math.exp.', (z) =>
      softmaxRows(scaleMat(z, Math.LN2)),
    ),
    wrong(
      'softmin',
      'exp(−x)',
      'The largest entry gets the largest probability: there is no minus in the exponent.',
      (z) => softmaxRows(scaleMat(z, -1)),
    ),
    wrong('log', 'the logarithm of the softmax', 'Leave out the logarithm: it belongs to the loss.', (z) =>
      z.map(logSoftmax),
    ),
    wrong('by-largest', 'divided by the largest entry', 'Divide by the sum of the row.', (z) =>
      z.map((row) => row.map((v) => Math.exp(v - Math.max(...row)))),
    ),
    wrong('twice', 'softmax of the softmax', 'Apply the softmax once.', (z) => softmaxRows(softmaxRows(z))),
    wrong('argmax', 'only 0 and 1', 'Softmax returns probabilities, not a decision.', (z) =>
      z.map((row) => row.map((v) => (v === Math.max(...row) ? 1 : 0))),
    ),
    wrong('mean-row', 'divided by the mean of the row', 'Divide by the sum of the row, not by its mean.', (z) =>
      softmaxRows(z).map((row) => row.map((p) => p * row.length)),
    ),
    wrong(
      'columns-sum',
      'exp divided by the sums of the columns after a row maximum',
      'Sum over the row that the entry is in.',
      (z) => {
        const e = z.map((row) => row.map((v) => Math.exp(v - Math.max(...row))));
        return transpose(transpose(e).map(normalised));
      },
    ),
  ],
};

export const softmaxCall = askedAgain(
  problem,
  async (guest) => {
    const object = await make(guest, 'Softmax');
    return async ({ z }) => ({ value: await callAny(guest, object, ['call'], [arrayOf(z)]) });
  },
  ({ z }) => ({ z: otherRows(z) }),
);
