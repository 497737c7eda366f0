/** Standardised features: the function on its own, and what a given split should have become. */
import { halfIfChanging } from '../../changed-arguments.ts';
import type { Desk, Judgement } from '../../check.ts';
import type { Guest } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
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
  ask: async (guest, split): Promise<Answered> => ({ value: (await callStandardise(guest, split)).value }),
  read: readStandardised,
  write: (answer) => ({ kind: 'record', entries: { train: answer['train'], val: answer['validation'] } }),
  oracle: (split) => standardiseProgram.run(split, standardiseProgram.right),
  accepts: [sampleForm],
  mistakes: splitMistakes,
  clues: { families: standardiseFamilies },
};

const callStandardise = (guest: Guest, { train, validation }: SplitCase, options: { argsAfter?: true } = {}) =>
  guest.call({ module: 'q1a.ts', name: 'standardise' }, [train, validation].map(nested), options);

/** Half of a right result where the rows that came in are standardised in place. */
export function halfIfRowsChange(desk: Desk, judgement: Judgement): Promise<Judgement> {
  const split = desk.probes(standardiseProblem)[0]!;
  return halfIfChanging(desk, judgement, {
    name: 'standardise',
    args: [split.train, split.validation].map(nested),
    call: (guest, options) => callStandardise(guest, split, options),
  });
}

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
