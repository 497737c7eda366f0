/** How near an answer is to what a known mistake would give, over all probes. */
import { maxAbs, sameShape } from '../numerics/arrays.ts';
import type { Answer, Variant } from '../problem.ts';

/** A tensor far smaller than the right one counts as this share of it: rounding leaves traces where a mistake gives zeros. */
const FLOOR = 0.02;

/**
 * Largest difference of any tensor, in units of the largest value that the hypothesis gives there. Infinite for other
 * names or shapes and wherever a value is not finite: NaN explains nothing.
 */
export function distanceTo(answer: Answer, hypothesis: Answer, right: Answer): number {
  let farthest = 0;
  for (const [name, reference] of Object.entries(right)) {
    farthest = Math.max(farthest, tensorDistance(answer[name], hypothesis[name], reference));
    if (farthest === Infinity) return Infinity;
  }
  return farthest;
}

/** `distanceTo` for one tensor of the answer. */
export function tensorDistance(
  yours: Answer[string] | undefined,
  guess: Answer[string] | undefined,
  right: Answer[string],
): number {
  if (!yours || !guess || !sameShape(yours.shape, guess.shape)) return Infinity;
  let farthest = 0;
  for (let i = 0; i < guess.data.length; i++) {
    const error = Math.abs(yours.data[i]! - guess.data[i]!);
    if (!(error < Infinity)) return Infinity;
    if (error > farthest) farthest = error;
  }
  if (farthest === 0) return 0;
  const scale = Math.max(maxAbs(guess), FLOOR * maxAbs(right));
  return scale > 0 ? farthest / scale : Infinity;
}

/** The answers of one hypothesis to all probes, computed when first asked for. */
export interface Hypothesis {
  variant: Pick<Variant<never>, 'id' | 'title' | 'advice' | 'family'>;
  answers(): readonly Answer[];
}

export interface Match {
  hypothesis: Hypothesis;
  /** The largest distance over all probes. */
  distance: number;
}

/** The probes that were answered, with the right answers. */
export interface Evidence<Probe> {
  probes: readonly Probe[];
  answers: readonly Answer[];
  right: readonly Answer[];
}

/** Hypotheses nearest first; equal distances in the order of their ids, so that the order of a library changes nothing. */
export function ranked(hypotheses: readonly Hypothesis[], { answers, right }: Evidence<unknown>): Match[] {
  return hypotheses
    .map((hypothesis) => {
      const given = hypothesis.answers();
      return {
        hypothesis,
        distance: answers.reduce((worst, answer, i) => Math.max(worst, distanceTo(answer, given[i]!, right[i]!)), 0),
      };
    })
    .sort((a, b) => a.distance - b.distance || (a.hypothesis.variant.id < b.hypothesis.variant.id ? -1 : 1));
}
