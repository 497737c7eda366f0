/** Where an answer first goes wrong, when no known mistake explains it: the place, and no more. */
import type { Diagnosis } from '../model/finding.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answer } from '../question.ts';
import type { Case } from './case.ts';
import type { Hypothesis } from './matching.ts';
import { tensorDistance } from './matching.ts';
import { scalesOf } from './scales.ts';
import { atStart, called, digits, entryName, listed, worstEntry } from './words.ts';
import { wrongLine } from './wrong-lines.ts';

/** The first tensor that holds NaN or an infinity where the right answer is finite. */
export function notFinite<Probe>({ problem, evidence }: Case<Probe>): Diagnosis | undefined {
  for (const name of orderOf(problem, evidence.right[0]!))
    for (const [i, answer] of evidence.answers.entries()) {
      const at = answer[name]?.data.findIndex((v) => !Number.isFinite(v)) ?? -1;
      if (at < 0 || !evidence.right[i]![name]!.data.every(Number.isFinite)) continue;
      const bad = answer[name]!.data[at]!;
      const value = String(bad);
      return {
        mistakes: [],
        certainty: 'unknown',
        says: `${atStart(evidence, name)} ${single(answer[name]!) ? 'is' : 'holds'} ${value}, which is not a finite number: ${whereFrom(bad)}`,
        evidence: [
          `${entryName(called(evidence, name), at, answer[name]!.shape)}: yours ${value}, with ${problem.describe(evidence.probes[i]!)}`,
        ],
      };
    }
  return undefined;
}

const single = ({ data }: NdArray): boolean => data.length === 1;

/** A number that is missing turns sums into NaN and never into an infinity; a logarithm of 0 alone does the reverse. */
const whereFrom = (value: number): string =>
  Number.isNaN(value)
    ? 'look for a missing number before it (an index past the end of an array gives undefined, and every sum with undefined is NaN), then for 0 / 0, 0 times the logarithm of 0, or the logarithm of a negative number.'
    : 'look for the logarithm of 0, a division by 0, or an exponential that overflows before it.';

/** Names the first wrong tensor in the order of computation, and what is right before it. */
export function localise<Probe>(found: Case<Probe>): Diagnosis {
  const { problem, evidence } = found;
  const order = orderOf(problem, evidence.right[0]!);
  const reference = [found.oracle, ...found.accepted]
    .map((hypothesis) => ({ hypothesis, right: rightTensors(found, hypothesis, order) }))
    .reduce((best, next) => (next.right.length > best.right.length ? next : best));
  const wrong = order.find((name) => !reference.right.includes(name)) ?? order[0]!;
  const { right } = reference;
  const expected = evidence.probes.map((_, i) => reference.hypothesis.at(i));
  const sentence = problem.clues?.suspect?.(wrong, right);
  const place =
    order.length === 1
      ? `${atStart(evidence, wrong)} is wrong, and it fits no known mistake.`
      : `The first result that is wrong is ${called(evidence, wrong)}${right.length > 0 ? `; ${listed(right.map((name) => called(evidence, name)))} ${right.length === 1 ? 'is' : 'are'} right` : ''}.`;
  return {
    mistakes: [],
    certainty: 'unknown',
    says: [
      place,
      ...lineTexts(found, expected, wrong),
      ...(sentence ? [sentence] : []),
      ...probeTexts(found, expected),
    ].join(' '),
    evidence: [
      ...worstEntry({ ...evidence, right: expected.map((answer) => only(answer, wrong)) }),
      ...factorTexts(found),
      ...relationTexts(found),
    ],
  };
}

/** One row, column or number of this tensor that is wrong by itself. */
function lineTexts<Probe>({ evidence, tolerance }: Case<Probe>, expected: readonly Answer[], name: string): string[] {
  const pairs = evidence.answers.flatMap((answer, i) =>
    answer[name] && expected[i]![name] ? [{ yours: answer[name], right: expected[i]![name] }] : [],
  );
  const line = wrongLine(pairs, tolerance);
  return line === undefined ? [] : [line];
}

const orderOf = <Probe>(problem: Case<Probe>['problem'], answer: object): string[] => {
  const names = Object.keys(answer);
  const order = problem.clues?.order?.filter((name) => names.includes(name)) ?? [];
  return [...order, ...names.filter((name) => !order.includes(name))];
};

const only = <T>(answer: Readonly<Record<string, T>>, name: string): Record<string, T> =>
  answer[name] === undefined ? {} : { [name]: answer[name] };

function rightTensors<Probe>(
  { evidence, tolerance }: Case<Probe>,
  reference: Hypothesis,
  names: readonly string[],
): string[] {
  return names.filter((name) =>
    evidence.answers.every((answer, i) => {
      const goal = reference.at(i)[name]!;
      return tensorDistance(answer[name], goal, goal) <= tolerance;
    }),
  );
}

/** Tensors that are an explained multiple of the right one. */
function factorTexts<Probe>({ evidence, quantities, tolerance }: Case<Probe>): string[] {
  return [...scalesOf(evidence, (i) => evidence.right[i]!, quantities, tolerance).values()].flatMap((scale) =>
    scale?.explanation && scale.explanation.complexity > 0
      ? [
          `${called(evidence, scale.name)} is ${scale.explanation.says} (factor ${scale.factors.map(digits).join(', ')})`,
        ]
      : [],
  );
}

/** Which probes are right, when only some are: what they have in common is a hint. */
function probeTexts<Probe>({ problem, evidence, tolerance }: Case<Probe>, expected: readonly Answer[]): string[] {
  const right = evidence.answers.map((answer, i) =>
    Object.entries(expected[i]!).every(([name, goal]) => tensorDistance(answer[name], goal, goal) <= tolerance),
  );
  if (!right.includes(true)) return [];
  const described = (wanted: boolean) =>
    evidence.probes.filter((_, i) => right[i] === wanted).map((probe) => problem.describe(probe));
  const [good, bad] = [described(true), described(false)];
  const [goodTrait, badTrait] = [sharedBy(good, bad), sharedBy(bad, good)];
  const telling = goodTrait !== undefined && badTrait !== undefined;
  return [`Right for ${telling ? goodTrait : listed(good)}; wrong for ${telling ? badTrait : listed(bad)}.`];
}

/** The part between commas that all these descriptions have and none of the others, e.g. "target 1". */
function sharedBy(these: readonly string[], others: readonly string[]): string | undefined {
  const partsOf = (text: string): string[] => text.split(', ');
  const shared = partsOf(these[0]!).filter(
    (part) =>
      these.every((text) => partsOf(text).includes(part)) && !others.some((text) => partsOf(text).includes(part)),
  );
  return shared.length === 1 ? shared[0] : undefined;
}

/** Facts about right answers that these answers break. */
function relationTexts<Probe>({ problem, evidence }: Case<Probe>): string[] {
  return (problem.clues?.relations ?? [])
    .filter(({ holds }) => evidence.answers.some((answer, i) => holds(answer, evidence.probes[i]!) === false))
    .map(({ says }) => `In a right answer ${says}; in yours that does not hold.`);
}
