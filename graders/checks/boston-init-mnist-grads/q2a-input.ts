/** What sampleInput draws. */
import type { NdArray } from '../../model.ts';
import type { Problem, Reading, Variant } from '../../problem.ts';
import { inWords, isArray } from '../../values.ts';
import { makeArray, sizeOf } from '../../numerics/arrays.ts';
import { createRandom } from '../../numerics/random.ts';
import { bothDraws, callIt, drawTwice, inBoth, known, seedsOf } from './q2a-draws.ts';
import type { DrawProbe } from './q2a-draws.ts';
import { lawsAnswer, lawsOf, normalLaw, readLaws, sampleOf, truncatedLaw, uniformLaw } from './sample-laws.ts';
import type { Law } from './sample-laws.ts';

const single = (law: Law) => () => lawsAnswer([law]);

const inputMistakes: readonly Variant<DrawProbe>[] = [
  known(
    'sd-half',
    'standard deviation ½',
    'The variance is ½, so the standard deviation is √½ ≈ 0.707.',
    single(normalLaw(0.5)),
  ),
  known('standard-normal', 'variance 1', 'The variance of the input is ½.', single(normalLaw(1))),
  known(
    'truncated',
    'truncated normal law',
    'Draw from the plain normal law: cutting its tails makes the variance smaller.',
    single(truncatedLaw(Math.SQRT1_2)),
  ),
  known('uniform', 'uniform law', 'Draw from the normal law with variance ½.', single(uniformLaw(Math.sqrt(1.5)))),
  known(
    'uniform-0-1',
    'uniform law on 0…1',
    'Draw from the normal law with mean 0.',
    single({ ...uniformLaw(1), positive: 1 }),
  ),
  known('quarter', 'variance ¼ of ½', 'Take one square root: the standard deviation is √½.', single(normalLaw(0.25))),
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
  read(answered, { sizes, seeds }): Reading {
    const draws = bothDraws(answered);
    if (!draws.every((draw) => isArray(draw) && sizeOf(draw.shape) === sizes[0])) {
      const yours = inWords(draws[0]);
      return { misread: { says: `sampleInput(${sizes[0]}) should return a tensor of ${sizes[0]} numbers.`, yours } };
    }
    const [check, confirm] = draws as [NdArray, NdArray];
    const right = { compute: inputProblem.oracle };
    const candidates = [right, ...inputMistakes].map(({ compute }) => lawsOf(compute({ sizes, seeds })));
    return { answer: lawsAnswer(readLaws([{ check: check.data, confirm: confirm.data }], candidates)), notes: [] };
  },
  write: (answer, { sizes, seeds }) =>
    inBoth(seeds, (seed) => makeArray([sizes[0]!], sampleOf(lawsOf(answer)[0]!, sizes[0]!, createRandom(seed)))),
  oracle: single(normalLaw(Math.SQRT1_2)),
  mistakes: inputMistakes,
};
