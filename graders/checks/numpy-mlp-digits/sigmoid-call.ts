/** What Sigmoid.call computes, and what is computed in its place. */
import { sigmoid } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { make } from './objects.ts';
import { matAnswer, readOne } from '../../kinds/named-arrays.ts';
import { otherRows, randomRows, shapeOf } from '../../kinds/drawn-rows.ts';

/** Pre-activations, examples × units. */
export interface RowsProbe {
  z: Mat;
}

const everywhere = (id: string, title: string, advice: string, f: (z: number) => number): Variant<RowsProbe> => ({
  id,
  title,
  advice,
  compute: ({ z }) => matAnswer('a', mapMat(z, f)),
});

const problem: Omit<Problem<RowsProbe>, 'ask'> = {
  id: '2.2.call',
  title: 'The sigmoid of every entry',
  precision: 'single',
  // |z| stays below 8 or so: the sigmoid is then neither 0 nor 1 in its first digits everywhere. Once it comes near that in
  // both tails, where an argument that is cut off at 6 shows.
  probes: (random) =>
    (
      [
        [5, 3, 1],
        [2, 7, 2],
        [1, 4, 1.5],
      ] as const
    ).map(([rows, cols, sd], i) => {
      const [first, ...rest] = randomRows(random.fork(`${i}`), rows, cols, sd);
      return { z: i === 2 ? [[...first!.slice(2), 7.5, -7.5], ...rest] : [first!, ...rest] };
    }),
  visits: [
    { says: 'a number far in the upper tail', holds: (probes) => probes.some(({ z }) => z.flat().some((v) => v > 7)) },
    { says: 'a number far in the lower tail', holds: (probes) => probes.some(({ z }) => z.flat().some((v) => v < -7)) },
  ],
  describe: ({ z }) => `a matrix of ${z.length}×${z[0]!.length} numbers`,
  read: ({ value }, { z }) => readOne('a', value, shapeOf(z), 'Sigmoid.call'),
  write: (answer) => answer['a'],
  oracle: ({ z }) => matAnswer('a', mapMat(z, sigmoid)),
  mistakes: [
    everywhere('mirrored', 'σ(−x)', 'The exponent has a minus: 1 / (1 + exp(−x)).', (z) => sigmoid(-z)),
    everywhere(
      'tanh',
      'tanh instead of the sigmoid',
      'The sigmoid runs from 0 to 1; tanh runs from −1 to 1.',
      Math.tanh,
    ),
    everywhere('no-one', '1 is missing in the denominator', 'The denominator is 1 + exp(−x).', (z) => Math.exp(z)),
    everywhere('minus', 'a minus in the denominator', 'The denominator is 1 + exp(−x).', (z) => 1 / (1 - Math.exp(-z))),
    everywhere(
      'base-two',
      'powers of 2',
      'Use the exponential function with base e, Math.exp.',
      (z) => 1 / (1 + 2 ** -z),
    ),
    everywhere('relu', 'ReLU instead of the sigmoid', 'The sheet asks for the sigmoid in this object.', (z) =>
      Math.max(0, z),
    ),
    everywhere(
      'hard',
      'a straight line cut at 0 and 1',
      'Use 1 / (1 + exp(−x)), not its straight approximation.',
      (z) => Math.min(1, Math.max(0, 0.2 * z + 0.5)),
    ),
    everywhere('step', 'only 0 and 1', 'The sigmoid is smooth: no rounding, no comparison.', (z) => (z > 0 ? 1 : 0)),
    everywhere(
      'derivative',
      'the derivative',
      'call returns σ(x); its derivative belongs to backward.',
      (z) => sigmoid(z) * sigmoid(-z),
    ),
    everywhere('identity', 'the argument itself', 'Apply 1 / (1 + exp(−x)) to every entry.', (z) => z),
    everywhere('twice', 'the sigmoid of the sigmoid', 'Apply the sigmoid once.', (z) => sigmoid(sigmoid(z))),
    everywhere('log', 'the logarithm of the sigmoid', 'Leave out the logarithm.', (z) => Math.log(sigmoid(z))),
    {
      id: 'softmax',
      title: 'softmax over the row',
      advice: 'Every entry is treated on its own: nothing is summed over the row.',
      compute: ({ z }) =>
        matAnswer(
          'a',
          z.map((row) => {
            const e = row.map(Math.exp);
            const total = e.reduce((sum, v) => sum + v, 0);
            return e.map((v) => v / total);
          }),
        ),
    },
  ],
};

export const sigmoidCall = askedAgain(
  problem,
  async (guest) => {
    const object = await make(guest, 'Sigmoid');
    return async ({ z }) => ({ value: await callAny(guest, object, ['call'], [arrayOf(z)]) });
  },
  ({ z }) => ({ z: otherRows(z) }),
);
