/** Question 1a: standardised features, on few rows of four features and on rows like the housing data. */
import { bostonLike } from '../../data/boston-like.ts';
import type { Variant } from '../../key.ts';
import { recordQuestion } from '../../kinds/record-question.ts';
import { standardiseMistakes } from '../../mistakes/data/standardise-mistakes.ts';
import type { SplitCase } from '../../mistakes/data/standardise.ts';
import { standardiseFamilies, standardiseProgram } from '../../mistakes/data/standardise.ts';
import { variantsOf } from '../../mistakes/program.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import { standardiseTable } from './q1a-question.ts';

const sample = variantsOf(
  standardiseProgram,
  standardiseMistakes.filter(({ id }) => id === 'sample-deviation'),
)[0]!;

/** Both forms of the standard deviation are right. */
export const sampleForm: Variant<SplitCase> = {
  id: sample.id,
  title: 'The standard deviation divides by n − 1: accepted, as is n.',
  compute: sample.compute,
};

/** Few districts lie at the river: where none of the training rows does, their column has no deviation to divide by. */
function drawPrices(random: Random): SplitCase {
  for (let i = 0; ; i++) {
    const { x } = bostonLike(random.fork(i === 0 ? 'prices' : `prices ${i}`), 52);
    const train = x.slice(0, 39);
    const varies = train[0]!.every((first, j) => train.some((row) => row[j] !== first));
    if (varies) return { train, validation: x.slice(39) };
  }
}

export const standardiseProblem: Problem<SplitCase> = {
  ...recordQuestion(standardiseTable),
  probes: (random) => {
    const small = Array.from({ length: 11 }, () =>
      [2, 30, 0.5, 400].map((scale) => Math.fround(scale * random.uniform(0.4, 1.7))),
    );
    return [{ train: small.slice(0, 7), validation: small.slice(7) }, drawPrices(random)];
  },
  oracle: (split) => standardiseProgram.run(split, standardiseProgram.right),
  accepts: [sampleForm],
  mistakes: variantsOf(
    standardiseProgram,
    standardiseMistakes.filter(({ id }) => id !== 'sample-deviation'),
  ),
  clues: { families: standardiseFamilies },
};
