/** What sampleInput draws: any law of mean 0 and variance ½ will do, but every number by itself. */
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Reading } from '../../question.ts';
import type { NdArray } from '../../model.ts';
import { inWords, isArray } from '../../values.ts';
import { makeArray, sizeOf } from '../../numerics/arrays.ts';
import { createRandom } from '../../numerics/random.ts';
import { bothDraws, callIt, dependence, drawTwice, inBoth, known, seedsOf } from './q2a-draws.ts';
import type { DrawProbe } from './q2a-draws.ts';
import { normalLaw, sampleOf, truncatedLaw, uniformLaw } from './sample-laws.ts';
import type { Law } from './sample-laws.ts';
import { couldHave, momentsOf } from './sample-moments.ts';
import type { FirstMoments } from './sample-moments.ts';

const answerOf = ({ mean, rms }: FirstMoments): Answer => ({
  rms: makeArray([], [rms]),
  mean: makeArray([], [mean]),
  dependence: makeArray([], [0]),
});
const from =
  ({ rms, positive }: Law) =>
  () =>
    answerOf({ rms, mean: positive === 1 ? 0.5 : 0 });

/** Root mean square of what a program that answers so draws. */
export const rmsOf = (answer: Answer): number => answer['rms']!.data[0]!;

const inputMistakes: readonly Variant<DrawProbe>[] = [
  known(
    'sd-half',
    'standard deviation ½',
    'The variance is ½, so the standard deviation is √½ ≈ 0.707.',
    from(normalLaw(0.5)),
  ),
  known('standard-normal', 'variance 1', 'The variance of the input is ½.', from(normalLaw(1))),
  known(
    'truncated',
    'truncated normal law',
    'Cutting the tails of the normal law makes its variance smaller than the one that is asked for.',
    from(truncatedLaw(Math.SQRT1_2)),
  ),
  known(
    'uniform-to-root-half',
    'uniform law between −√½ and √½',
    'The variance of a uniform law on −a…a is a²/3.',
    from(uniformLaw(Math.SQRT1_2)),
  ),
  known(
    'uniform-0-1',
    'uniform law on 0…1',
    'Draw from a law with mean 0 and variance ½.',
    from({ ...uniformLaw(1), positive: 1 }),
  ),
  known('quarter', 'variance ¼ of ½', 'Take one square root: the standard deviation is √½.', from(normalLaw(0.25))),
];

export const inputProblem: Problem<DrawProbe> = {
  id: 'q2a.input',
  title: 'The random input',
  precision: 'single',
  coarse: true,
  drawn: true,
  probes: (random) => [{ sizes: [30_000], seeds: seedsOf(random.integer(1e6)) }],
  describe: ({ sizes }) => `sampleInput(${sizes[0]})`,
  ask: (guest, { sizes, seeds }) => drawTwice(seeds, (seed) => callIt(guest, 'sampleInput', [sizes[0]!, seed])),
  read: readInput,
  write: (answer, { sizes, seeds }) =>
    inBoth(seeds, (seed) => {
      const [n, rms] = [sizes[0]!, rmsOf(answer)];
      const law = { ...normalLaw(rms), positive: answer['mean']!.data[0] === 0 ? 0.5 : 1 };
      const shape = law.positive === 1 ? { ...uniformLaw(1), positive: 1 } : law;
      return makeArray([n], sampleOf(shape, n, createRandom(seed)));
    }),
  oracle: from(normalLaw(Math.SQRT1_2)),
  mistakes: inputMistakes,
  clues: { order: ['dependence', 'rms', 'mean'] },
};

function readInput(answered: Parameters<typeof bothDraws>[0], { sizes, seeds }: DrawProbe): Reading {
  const draws = bothDraws(answered);
  if (!draws.every((draw) => isArray(draw) && sizeOf(draw.shape) === sizes[0])) {
    const yours = inWords(draws[0]);
    return { misread: { says: `sampleInput(${sizes[0]}) should return a tensor of ${sizes[0]} numbers.`, yours } };
  }
  const samples = (draws as NdArray[]).map(({ data }) => data);
  const candidates = [inputProblem.oracle, ...inputMistakes.map(({ compute }) => compute)].map((compute) => {
    const answer = compute({ sizes, seeds });
    return { rms: rmsOf(answer), mean: answer['mean']!.data[0]! };
  });
  const found = candidates.find((law) => couldHave(samples, law)) ?? momentsOf(samples[0]!);
  const { dependence: _, ...rest } = answerOf(found);
  const fault = dependence(`The numbers of sampleInput(${sizes[0]})`, samples);
  return fault === undefined
    ? { answer: answerOf(found), notes: [] }
    : { answer: rest, notes: [], misreads: { dependence: fault } };
}
