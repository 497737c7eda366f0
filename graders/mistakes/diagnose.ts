/**
 * Explains a wrong answer. In order: the right answer after all; one known mistake, also on top of an accepted
 * convention; values that are no numbers; one mistake with a free number; right numbers times a factor or in another
 * order; a known mistake times a factor; otherwise only the place where the answer first goes wrong.
 *
 * `says` never holds an expected value, `evidence` does: a page for students that must not give answers away shows the
 * first and leaves out the second.
 */
import type { Diagnosis } from '../model/finding.ts';
import type { Variant } from '../key.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { DiagnosisCache } from './cache.ts';
import { createDiagnosisCache } from './cache.ts';
import type { Case } from './case.ts';
import { localise, notFinite } from './localise.ts';
import type { Hypothesis } from './matching.ts';
import { farthest, isAllFinite } from './matching.ts';
import { conventionMistake, knownMistake, mistakeWithNumber } from './recognise.ts';
import { reordered, rescaled, rescaledMistake } from './rescaled.ts';

interface DiagnoseOptions {
  /** Share one among submissions that see the same probes. */
  cache?: DiagnosisCache;
  /** Largest distance at which an answer counts as explained; default by the problem's precision. */
  tolerance?: number;
  /** What the digits in which the answers came back may take from them, as a share of the largest value. */
  rounding?: number;
}

/** Matching is as strict as accepting: rounding stays far below, the nearest other mistake far above. */
const TOLERANCE = { single: 2e-4, double: 1e-9 };

/**
 * The known mistake that explains these answers, with how sure that is. `answers[i]` belongs to `probes[i]`; undefined
 * where it could not be read. The order of the mistakes in the problem changes nothing.
 */
export function diagnose<Probe>(
  problem: Problem<Probe>,
  probes: readonly Probe[],
  answers: readonly (Answer | undefined)[],
  options: DiagnoseOptions = {},
): Diagnosis {
  const found = open(problem, probes, answers, options);
  if (found.evidence.probes.length === 0)
    return { mistakes: [], certainty: 'unknown', says: 'There is no readable answer to explain.', evidence: [] };
  if (!found.evidence.answers.some(isAllFinite)) return notFinite(found) ?? localise(found);
  return asSeen(
    problem,
    inOneName(
      problem,
      rightAfterAll(found) ??
        knownMistake(found) ??
        conventionMistake(found) ??
        notFinite(found) ??
        mistakeWithNumber(found) ??
        rescaled(found) ??
        reordered(found) ??
        rescaledMistake(found) ??
        localise(found),
    ),
  );
}

/** A parameter has one name in a diagnosis, the one of the sheet: known mistakes are shared and call it `W2`. */
function inOneName<Probe>({ names }: Problem<Probe>, diagnosis: Diagnosis): Diagnosis {
  const parameters = Object.entries(names ?? {}).filter(
    ([name, other]) => /^[A-Za-z]\d+$/.test(name) && name !== other,
  );
  const rename = (text: string) =>
    parameters.reduce((said, [name, other]) => said.replace(new RegExp(`\\b${name}\\b`, 'g'), () => other), text);
  return { ...diagnosis, says: rename(diagnosis.says), evidence: diagnosis.evidence.map(rename) };
}

/** Where only a product is seen, a mistake in another factor may give the same numbers: nothing is certain. */
const asSeen = <Probe>({ seenAs }: Problem<Probe>, diagnosis: Diagnosis): Diagnosis =>
  seenAs === undefined || diagnosis.certainty !== 'certain'
    ? diagnosis
    : { ...diagnosis, certainty: 'consistent', evidence: [...diagnosis.evidence, `All that is seen is ${seenAs}.`] };

function open<Probe>(
  problem: Problem<Probe>,
  allProbes: readonly Probe[],
  allAnswers: readonly (Answer | undefined)[],
  options: DiagnoseOptions,
): Case<Probe> {
  const cache = options.cache ?? createDiagnosisCache();
  const probes = allProbes.filter((_, i) => allAnswers[i] !== undefined);
  const answers = allAnswers.filter((answer) => answer !== undefined);
  const suppose = (key: string, variant: Variant<Probe>): Hypothesis => ({
    variant,
    at: (i) => cache.answer(`${problem.id} ${key} ${variant.id}`, probes[i]!, (probe) => variant.compute(probe)),
  });
  const oracle = suppose('right', {
    id: 'oracle',
    title: 'the right answer',
    compute: (probe) => problem.oracle(probe),
  });
  const quantities = probes.map((probe) => problem.clues?.quantities?.(probe) ?? []);
  const right = probes.map((_, i) => oracle.at(i));
  return {
    problem,
    evidence: { probes, answers, right, ...(problem.names === undefined ? {} : { names: problem.names }) },
    quantities,
    tolerance: Math.max(options.tolerance ?? TOLERANCE[problem.precision], options.rounding ?? 0),
    designs: new Set(
      right.map((answer, i) => designOf(answer, quantities[i]!)).filter((_, i) => isAllFinite(answers[i]!)),
    ).size,
    oracle,
    accepted: (problem.accepts ?? []).map((variant) => suppose('accepted', variant)),
    suppose,
    remember: (family, value, probe) =>
      cache.answer(`${problem.id} family ${family.id} ${value}`, probe, () => family.compute(probe, value)),
  };
}

/** What must differ between two probes for their agreement to be more than one observation. */
const designOf = (answer: Answer, quantities: readonly { value: number }[]): string =>
  JSON.stringify([Object.values(answer).map(({ shape }) => shape), quantities.map(({ value }) => value)]);

/** The answer is the oracle's, or an accepted one: no mistake may then be named. */
function rightAfterAll<Probe>({ evidence, oracle, accepted, tolerance }: Case<Probe>): Diagnosis | undefined {
  const isRight = [oracle, ...accepted].some((hypothesis) => farthest(hypothesis, evidence) <= tolerance);
  return isRight
    ? {
        mistakes: [],
        certainty: 'unknown',
        says: 'These answers are right: there is no mistake to name.',
        evidence: [],
      }
    : undefined;
}
