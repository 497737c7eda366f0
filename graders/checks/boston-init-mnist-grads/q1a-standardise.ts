/** Standardised features: the function on its own, and what a given split should have become. */
import type { Answer, Answered, Problem, Reading, Variant } from '../../problem.ts';
import { arrayFrom, fieldOf, inWords } from '../../values.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import { bostonLike } from '../../data/boston-like.ts';
import type { Random } from '../../numerics/random.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { standardiseFamilies, standardiseProgram } from '../../mistakes/data/standardise.ts';
import type { SplitCase } from '../../mistakes/data/standardise.ts';
import { standardiseMistakes } from '../../mistakes/data/standardise-mistakes.ts';

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

export const splitMistakes = variantsOf(
  standardiseProgram,
  standardiseMistakes.filter(({ id }) => id !== 'sample-deviation'),
);

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
  id: 'q1a.standardise',
  title: 'Standardised training and validation rows',
  precision: 'single',
  probes: (random) => {
    const small = Array.from({ length: 11 }, () =>
      [2, 30, 0.5, 400].map((scale) => Math.fround(scale * random.uniform(0.4, 1.7))),
    );
    return [{ train: small.slice(0, 7), validation: small.slice(7) }, drawPrices(random)];
  },
  describe: ({ train, validation }) =>
    `${train.length} training rows and ${validation.length} validation rows with ${train[0]!.length} features`,
  async ask(guest, { train, validation }): Promise<Answered> {
    const sent = [train, validation].map(nested);
    return { value: (await guest.call({ module: 'q1a.ts', name: 'standardise' }, sent)).value };
  },
  read: readStandardised,
  write: (answer) => ({ kind: 'record', entries: { train: answer['train'], val: answer['validation'] } }),
  oracle: (split) => standardiseProgram.run(split, standardiseProgram.right),
  accepts: [sampleForm],
  mistakes: splitMistakes,
  clues: { families: standardiseFamilies },
};

/** Rows as number[][] of the student's. */
export const nested = (rows: number[][]) =>
  ({
    kind: 'array',
    container: 'nested',
    dtype: 'float64',
    shape: [rows.length, rows[0]?.length ?? 0],
    data: Float64Array.from(rows.flat()),
  }) as const;

function readStandardised({ value }: Answered, { train, validation }: SplitCase): Reading {
  const answer: Record<string, Answer[string]> = {};
  for (const [name, field, rows] of [
    ['train', 'train', train],
    ['validation', 'val', validation],
  ] as const) {
    const given = arrayFrom(fieldOf(value, field));
    if (given === undefined) {
      return {
        misread: {
          says: `standardise should return { train, val, mean, std } as rows of numbers.`,
          yours: inWords(value),
        },
      };
    }
    const read = canonicalise(field, given, [rows.length, rows[0]!.length], { transposed: 'refuse' });
    if ('misread' in read) return { misread: read.misread };
    answer[name] = read.array;
  }
  return { answer, notes: [] };
}
