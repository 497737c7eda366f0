/** What is right for the objects Sigmoid and Softmax, and the numbers at which it shows. */
import { sigmoid, softmaxRows } from '../../../reference/oracles/activations.ts';
import { activationBackward, softmaxBackward as softmaxGradient } from '../../../reference/oracles/layers.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import { errorRows, randomRows } from '../../kinds/drawn-rows.ts';
import { matAnswer } from '../../kinds/named-arrays.ts';
import { wrongly } from '../../key.ts';
import { sigmoidBackwards } from '../../mistakes/activations/sigmoid-slopes.ts';
import { softmaxRowMistakes } from '../../mistakes/activations/softmax-backward.ts';
import { sigmoidsOfObjects } from '../../mistakes/activations/sigmoid.ts';
import { softmaxesOfObjects } from '../../mistakes/activations/softmax.ts';
import { madeOf } from '../../mistakes/wrong-function.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import type { ActivationProbe, RowsProbe } from './activations-question.ts';
import { asked } from './activations-question.ts';
import { flag } from '../../kinds/layer-objects.ts';

const someZ = (is: (z: number) => boolean) => (probes: readonly RowsProbe[]) =>
  probes.some(({ z }) => z.flat().some(is));

export const sigmoidCall: Problem<RowsProbe> = {
  ...asked.sigmoidCall,
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
    { says: 'a number far in the upper tail', holds: someZ((v) => v > 7) },
    { says: 'a number far in the lower tail', holds: someZ((v) => v < -7) },
  ],
  oracle: ({ z }) => matAnswer('a', mapMat(z, sigmoid)),
  mistakes: madeOf(
    sigmoidsOfObjects,
    ({ z }) => [arrayOf(z)],
    (a) => ({ a }),
  ),
};

/** Rows of different size and spread: a sum over the whole mini-batch then shows. */
const drawLogits = (random: Random, rows: number, cols: number): RowsProbe => ({
  z: randomRows(random, rows, cols).map((row, i) => row.map((v) => Math.fround(v * (0.5 + 0.4 * i) + 0.7 * i - 1))),
});

export const softmaxCall: Problem<RowsProbe> = {
  ...asked.softmaxCall,
  probes: (random) =>
    (
      [
        [4, 10],
        [6, 4],
        [3, 7],
      ] as const
    ).map(([rows, cols], i) => drawLogits(random.fork(`${i}`), rows, cols)),
  oracle: ({ z }) => matAnswer('p', softmaxRows(z)),
  mistakes: madeOf(
    softmaxesOfObjects,
    ({ z }) => [arrayOf(z)],
    (p) => ({ p }),
  ),
};

function drawActivation(
  random: Random,
  rows: number,
  cols: number,
  scale: number,
  f: (z: Mat) => Mat,
): ActivationProbe {
  const z = randomRows(random.fork('z'), rows, cols, scale);
  return { z, a: f(z), error: errorRows(random.fork('error'), rows, cols) };
}

const sigmoids = (z: Mat) => mapMat(z, sigmoid);

export const sigmoidBackward: Problem<ActivationProbe> = {
  ...asked.sigmoidBackward,
  probes: (random) => [
    drawActivation(random.fork('a'), 5, 3, 1.5, sigmoids),
    drawActivation(random.fork('b'), 4, 7, 1, sigmoids),
  ],
  oracle: ({ z, error }) => matAnswer('dz', activationBackward('sigmoid', z, error)),
  mistakes: madeOf(
    sigmoidBackwards,
    ({ z, a, error }) => [z, a, error].map((rows) => arrayOf(rows)),
    (dz) => ({ dz }),
  ),
};

const answer = (dz: Mat, combined = false): Answer => ({ ...matAnswer('dz', dz), combined: flag(combined) });

export const softmaxBackward: Problem<ActivationProbe> = {
  ...asked.softmaxBackward,
  probes: (random) => [
    drawActivation(random.fork('a'), 4, 5, 1, softmaxRows),
    drawActivation(random.fork('b'), 3, 7, 1.5, softmaxRows),
  ],
  oracle: ({ a, error }) => answer(softmaxGradient(a, error)),
  accepts: [
    {
      id: 'combined',
      title: 'The loss is combined with the softmax; Softmax.backward hands the error signal on.',
      compute: ({ error }) => answer(error, true),
    },
  ],
  mistakes: [
    ...softmaxRowMistakes.map(({ row, id, title, advice }) =>
      wrongly<ActivationProbe>(id, title, advice, ({ a, error }) => answer(a.map((p, i) => row(p, error[i]!)))),
    ),
    wrongly(
      'declared-only',
      'combined is set, but the derivative of the softmax is applied as well',
      'prediction − target holds the derivative of the softmax already: apply it there or here, not twice.',
      ({ a, error }) => answer(softmaxGradient(a, error), true),
    ),
  ],
};
