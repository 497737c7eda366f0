/**
 * Mistakes that any program may make, whatever it computes: they are planted in front of every check beside the known ones of
 * its problem, so that a check that sees only what was thought of does not get past the audit.
 */
import type { NdArray } from '../model/numbers.ts';
import { mapArray, maxAbs } from '../numerics/arrays.ts';
import type { AnyProblem } from '../problem.ts';
import type { Answer } from '../question.ts';

export type GeneralKind = 'not finite' | 'zeros' | 'kept' | 'one probe' | 'half' | 'clipped' | 'reordered';

/** What each kind is, for the report of an audit. */
export const generalKinds: Readonly<Record<GeneralKind, string>> = {
  'not finite': 'NaN in place of every number',
  zeros: 'zeros in place of every number',
  kept: 'right at first, another answer when the question comes again',
  'one probe': 'right but for one of the probes',
  half: 'the second half of every tensor left at zero',
  clipped: 'no number beyond nine tenths of the largest',
  reordered: 'the numbers of every tensor in reverse order',
};

interface GeneralMistake {
  kind: GeneralKind;
  /** Unique within the problem. */
  id: string;
  /** Made anew for every planting, since one of them remembers what it was asked. */
  start(): (probe: never) => Answer;
}

/** The general mistakes that a program asked for this problem can make; `probes` are those of the audit's seed. */
export function generalMistakes(problem: AnyProblem, probes: readonly unknown[]): GeneralMistake[] {
  return everyMistake(problem, probes).filter(({ kind }) => problem.harmless?.[kind] === undefined);
}

function everyMistake(problem: AnyProblem, probes: readonly unknown[]): GeneralMistake[] {
  const oracle = problem.oracle as (probe: unknown) => Answer;
  const spoilt = (kind: GeneralKind, spoil: (array: NdArray) => NdArray): GeneralMistake => ({
    kind,
    id: kind,
    start: () => (probe) => eachTensor(oracle(probe), spoil),
  });
  const first = [...new Set(probes)];
  const changes = (spoil: (array: NdArray) => NdArray) =>
    first.some((probe) => Object.values(oracle(probe)).some((array) => !isEqual(array, spoil(array))));
  const where = (mistake: GeneralMistake, spoil: (array: NdArray) => NdArray) => (changes(spoil) ? [mistake] : []);
  const always = [spoilt('not finite', (array) => mapArray(array, () => NaN)), ...where(spoilt('zeros', zeros), zeros)];
  // Counts and statistics of random draws have neither an order nor a half.
  if (problem.coarse === true || problem.drawn === true) return always;
  return [
    ...always,
    ...(probes.length > first.length ? [kept(oracle)] : []),
    ...(first.length < 2 ? [] : first.flatMap((probe, i) => wrongAt(oracle, probe, i))),
    ...where(spoilt('half', half), half),
    ...where(spoilt('clipped', clipped), clipped),
    ...where(spoilt('reordered', reversed), reversed),
  ];
}

function kept(oracle: (probe: unknown) => Answer): GeneralMistake {
  return {
    kind: 'kept',
    id: 'kept',
    start: () => {
      const asked = new Set<unknown>();
      return (probe) => {
        const isNew = !asked.has(probe);
        asked.add(probe);
        return isNew ? oracle(probe) : eachTensor(oracle(probe), larger);
      };
    },
  };
}

/** Wrong at this probe alone, where its answer is not all zeros. */
const wrongAt = (oracle: (probe: unknown) => Answer, at: unknown, index: number): GeneralMistake[] =>
  Object.values(oracle(at)).some((array) => maxAbs(array) > 0)
    ? [
        {
          kind: 'one probe',
          id: `one probe ${index + 1}`,
          start: () => (probe) => ((probe as unknown) === at ? eachTensor(oracle(probe), larger) : oracle(probe)),
        },
      ]
    : [];

const zeros = (array: NdArray) => mapArray(array, () => 0);
const larger = (array: NdArray) => mapArray(array, (v) => 1.5 * v);
const half = (array: NdArray): NdArray => ({
  ...array,
  data: array.data.map((v, i) => (i < Math.ceil(array.data.length / 2) ? v : 0)),
});
const reversed = (array: NdArray): NdArray => ({ ...array, data: array.data.toReversed() });
const clipped = (array: NdArray): NdArray => {
  const most = 0.9 * maxAbs(array);
  return array.data.length < 2 ? array : mapArray(array, (v) => Math.max(-most, Math.min(most, v)));
};

const eachTensor = (answer: Answer, spoil: (array: NdArray) => NdArray): Answer =>
  Object.fromEntries(Object.entries(answer).map(([name, array]) => [name, spoil(array)]));

/** Whether nothing but rounding lies between them. */
const isEqual = (a: NdArray, b: NdArray): boolean => {
  const most = maxAbs(a);
  return a.data.every((v, i) => Math.abs(v - b.data[i]!) <= 0.05 * most);
};
