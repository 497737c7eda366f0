/** Right numbers times a factor, right numbers in another order, and the numbers of a known mistake times a factor. */
import type { Diagnosis } from '../model/finding.ts';
import type { Case } from './case.ts';
import type { Evidence } from './matching.ts';
import { tensorDistance } from './matching.ts';
import type { TensorScale } from './scales.ts';
import { allScales, isReordered } from './scales.ts';
import { atStart, called, digits, listed, worstEntry } from './words.ts';

/** Fewer entries than this are a multiple of anything too easily. */
const ENOUGH_ENTRIES = 3;

/** Every tensor is the right one times a factor. */
export function rescaled<Probe>(found: Case<Probe>): Diagnosis | undefined {
  const { evidence, quantities, tolerance } = found;
  const scales = allScales(evidence, (i) => evidence.right[i]!, quantities, tolerance);
  if (!scales || scales.some((scale) => isRightInPart(scale, tolerance))) return undefined;
  const sizes = evidence.right.flatMap((answer) => Object.values(answer).map(({ data }) => data.length));
  const meaningful =
    Math.max(...sizes) >= ENOUGH_ENTRIES ||
    scales.every((scale) => scale.explanation ?? constantly(scale, found.designs));
  if (!meaningful) return undefined;
  return {
    mistakes: ['scale'],
    certainty: 'family',
    says: `The numbers have the right proportions but the wrong size: ${sizesText(scales, evidence)}. ${whereToLook(scales)}`,
    evidence: [
      ...worstEntry(evidence),
      ...scales.map(
        ({ name, factors }) =>
          `${called(evidence, name)}: factor ${factors.map(digits).join(', ')} on the probes in turn`,
      ),
    ],
  };
}

/**
 * Right on some probes, and off by changing factors without a reason on the others: a single number, or a gradient along
 * one vector, is always a multiple of the right one, and what these probes have in common says more.
 */
const isRightInPart = ({ factors, constant, explanation }: TensorScale, tolerance: number): boolean =>
  explanation === undefined && !constant && factors.some((factor) => Math.abs(factor - 1) <= tolerance);

const whereToLook = (scales: readonly TensorScale[]): string =>
  scales.every(({ factors }) => factors.every((factor) => Math.abs(factor + 1) < 1e-3))
    ? 'Look at the order of your differences and at your signs.'
    : 'Look at what you divide by and at constant factors.';

const constantly = (scale: TensorScale, designs: number): boolean => scale.constant && designs >= 2;

/** Tensors with the same factor are named together. */
function sizesText(scales: readonly TensorScale[], evidence: Evidence<unknown>): string {
  const groups = Map.groupBy(scales, sizeText);
  return [...groups]
    .map(
      ([text, members]) =>
        `${listed(members.map(({ name }) => called(evidence, name)))} ${members.length === 1 ? 'is' : 'are'} ${text}`,
    )
    .join('; ');
}

function sizeText({ explanation, constant, factors }: TensorScale): string {
  if (explanation) return explanation.says;
  return constant
    ? `${digits(factors[0]!)} times as large as they should be`
    : 'off by a factor that changes with the input';
}

/** Every wrong tensor holds the right numbers in another order. */
export function reordered<Probe>({ problem, evidence, tolerance }: Case<Probe>): Diagnosis | undefined {
  const names = Object.keys(evidence.right[0] ?? {});
  const moved = names.filter((name) =>
    evidence.answers.some((answer, i) => isReordered(answer[name], evidence.right[i]![name]!, tolerance)),
  );
  const explained = evidence.answers.every((answer, i) =>
    names.every((name) => {
      const expected = evidence.right[i]![name]!;
      return (
        isReordered(answer[name], expected, tolerance) || tensorDistance(answer[name], expected, expected) <= tolerance
      );
    }),
  );
  if (moved.length === 0 || !explained) return undefined;
  const subject = listed(moved.map((name, i) => (i === 0 ? atStart(evidence, name) : called(evidence, name))));
  const meaning =
    problem.clues?.reordered?.(moved) ?? 'check the axes, a transpose, or the order of samples and classes.';
  return {
    mistakes: ['order'],
    certainty: 'family',
    says: `${subject} ${moved.length === 1 ? 'holds' : 'hold'} the right numbers in another order: ${meaning}`,
    evidence: worstEntry(evidence),
  };
}

/** A known mistake gives the proportions, one explained factor on all tensors the size: two mistakes at once. */
export function rescaledMistake<Probe>(found: Case<Probe>): Diagnosis | undefined {
  const { evidence, quantities, tolerance, problem } = found;
  const entries = Math.max(...Object.values(evidence.right[0]!).map(({ data }) => data.length));
  if (entries < ENOUGH_ENTRIES) return undefined;
  const matches = problem.mistakes.flatMap((mistake) => {
    if (mistake.family === 'scale') return [];
    const { at } = found.suppose('mistake', mistake);
    const scales = allScales(evidence, at, quantities, tolerance) ?? [];
    const [first] = scales;
    if (!first?.explanation || !scales.every((scale) => sameFactors(scale, first, tolerance))) return [];
    return [{ mistake, factor: first, target: evidence.probes.map((_, i) => at(i)) }];
  });
  matches.sort((a, b) => (a.mistake.id < b.mistake.id ? -1 : 1));
  const [best] = matches;
  if (!best) return undefined;
  return {
    mistakes: matches.map(({ mistake }) => mistake.id),
    certainty: 'consistent',
    says: `${[...new Set(matches.map(({ mistake }) => mistake.advice ?? mistake.title))].slice(0, 3).join(' Or: ')} Besides, everything is ${best.factor.explanation!.says}.`,
    evidence: [
      ...worstEntry(evidence, best.target),
      `All probes agree with "${best.mistake.title}" times ${best.factor.factors.map(digits).join(', ')}.`,
    ],
  };
}

const sameFactors = (a: TensorScale, b: TensorScale, tolerance: number): boolean =>
  a.factors.every((factor, i) => Math.abs(factor / b.factors[i]! - 1) <= tolerance);
