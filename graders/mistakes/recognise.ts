/** Known mistakes, recognised by their numbers, and how sure one may be. */
import type { Diagnosis } from '../model/finding.ts';
import type { Case } from './case.ts';
import type { Evidence, Hypothesis, Match } from './matching.ts';
import { farthest, nearest } from './matching.ts';
import { fitFamilies } from './parameters.ts';
import { isSwitched } from './program.ts';
import { digits, listed, worstEntry } from './words.ts';

/** A label is certain only if every other explanation is this many times farther away. */
const CLEARLY_FARTHER = 100;
/** Distances below this share of the tolerance are rounding: being nearer than that says nothing. */
const ROUNDING_SHARE = 1 / 20;

/** A free number fits a handful of observations too easily. */
const ENOUGH_NUMBERS = 12;

/** One of the problem's mistakes gives these numbers. */
export function knownMistake<Probe>(found: Case<Probe>): Diagnosis | undefined {
  const mistakes = found.problem.mistakes.map((mistake) => found.suppose('mistake', mistake));
  return nameMatches(found, mistakes, found.evidence);
}

/** One of the mistakes on top of a convention that the problem accepts, e.g. the sum over the batch. */
export function conventionMistake<Probe>(found: Case<Probe>): Diagnosis | undefined {
  for (const [i, convention] of (found.problem.accepts ?? []).entries()) {
    const combined = found.problem.mistakes.flatMap((mistake): Hypothesis[] => {
      const both = isSwitched(mistake) ? mistake.together(convention) : undefined;
      return both ? [{ ...found.suppose('convention', both), variant: mistake }] : [];
    });
    const right = found.evidence.answers.map((_, probe) => found.accepted[i]!.at(probe));
    const named = nameMatches(found, combined, { ...found.evidence, right });
    if (named) return { ...named, evidence: [...named.evidence, `Read with this convention: ${convention.title}.`] };
  }
  return undefined;
}

function nameMatches<Probe>(
  found: Case<Probe>,
  hypotheses: readonly Hypothesis[],
  evidence: Evidence<Probe>,
): Diagnosis | undefined {
  const { tolerance } = found;
  const { matches, next } = nearest(hypotheses, found.evidence, tolerance);
  const [first] = matches;
  if (!first) return undefined;
  const runnerUp = Math.min(next, ...[found.oracle, ...found.accepted].map((other) => farthest(other, found.evidence)));
  const needed = CLEARLY_FARTHER * Math.max(first.distance, tolerance * ROUNDING_SHARE);
  const certain = matches.length === 1 && found.designs >= 2 && runnerUp >= needed;
  const { hypothesis } = first;
  return {
    mistakes: matches.map((match) => match.hypothesis.variant.id),
    certainty: certain ? 'certain' : 'consistent',
    says: saysOf(matches.map((match) => match.hypothesis)),
    evidence: [
      ...worstEntry(
        evidence,
        evidence.probes.map((_, probe) => hypothesis.at(probe)),
      ),
      `${allAgree(evidence.probes.length)} with "${hypothesis.variant.title}"${away(runnerUp)}.`,
      ...tieText(found, matches),
    ],
  };
}

const allAgree = (probes: number): string => (probes === 1 ? 'The probe agrees' : `All ${probes} probes agree`);

const away = (next: number): string =>
  next === Infinity ? '' : `; every other explanation is off by at least ${digits(next)} of the largest value`;

/** The advice; of several mistakes that give the same numbers, the first three. */
function saysOf(hypotheses: readonly Hypothesis[]): string {
  const advice = hypotheses.map(({ variant }) => variant.advice ?? `This looks like: ${variant.title}.`);
  return [...new Set(advice)].slice(0, 3).join(' Or: ');
}

function tieText<Probe>({ problem }: Case<Probe>, ties: readonly Match[]): string[] {
  if (ties.length < 2) return [];
  const ids = ties.map(({ hypothesis }) => hypothesis.variant.id);
  const titles = listed(ties.map(({ hypothesis }) => `"${hypothesis.variant.title}"`));
  const twins = problem.twins?.find((group) => ids.every((id) => group.ids.includes(id)));
  return [
    twins ? `${titles} cannot be told apart: ${twins.because}.` : `${titles} give the same numbers on these probes.`,
  ];
}

/** A mistake with a free number, e.g. an L2 penalty: certain only with a number that a person would write. */
export function mistakeWithNumber<Probe>(found: Case<Probe>): Diagnosis | undefined {
  const fits = fitFamilies(found.problem.clues?.families ?? [], found.evidence, found.tolerance, found.remember);
  const [best, second] = fits;
  if (!best) return undefined;
  const numbers = found.evidence.right
    .flatMap((answer) => Object.values(answer))
    .reduce((n, { data }) => n + data.length, 0);
  const certain = !second && best.nice && found.designs >= 2 && numbers >= ENOUGH_NUMBERS;
  const value = digits(best.value);
  return {
    mistakes: fits.map(({ family }) => family.id),
    certainty: certain ? 'certain' : best.nice ? 'consistent' : 'family',
    says: fits.map(({ family, value: number }) => family.advice(digits(number))).join(' Or: '),
    evidence: [
      ...worstEntry(found.evidence, best.answers),
      `${allAgree(found.evidence.probes.length)} with "${best.family.title}" and the number ${value}.`,
    ],
  };
}
