/** How near an answer is to what a known mistake would give, over all probes. */
import { maxAbs, sameShape } from '../numerics/arrays.ts';
import type { Variant } from '../key.ts';
import type { Answer } from '../question.ts';

/** A tensor far smaller than the right one counts as this share of it: rounding leaves traces where a mistake gives zeros. */
const FLOOR = 0.02;

/**
 * Largest difference of any tensor, in units of the largest value that the hypothesis gives there. Infinite for other
 * names or shapes, and where one value is finite and the other is not; NaN and infinities agree only with themselves.
 */
export function distanceTo(answer: Answer, hypothesis: Answer, right: Answer): number {
  let distance = 0;
  for (const [name, reference] of Object.entries(right)) {
    distance = Math.max(distance, tensorDistance(answer[name], hypothesis[name], reference));
    if (distance === Infinity) return Infinity;
  }
  return distance;
}

/** `distanceTo` for one tensor of the answer. */
export function tensorDistance(
  yours: Answer[string] | undefined,
  guess: Answer[string] | undefined,
  right: Answer[string],
): number {
  if (!yours || !guess || !sameShape(yours.shape, guess.shape)) return Infinity;
  let [error, largest] = [0, 0];
  for (let i = 0; i < guess.data.length; i++) {
    const [y, g] = [yours.data[i]!, guess.data[i]!];
    const difference = Math.abs(y - g);
    if (!(difference < Infinity)) {
      if (Object.is(y, g)) continue;
      return Infinity;
    }
    if (difference > error) error = difference;
    if (Math.abs(g) > largest) largest = Math.abs(g);
  }
  if (error === 0) return 0;
  const scale = Math.max(largest, FLOOR * maxAbs(right));
  return scale > 0 ? error / scale : Infinity;
}

/** Whether every value of an answer is a finite number. */
export const isAllFinite = (answer: Answer): boolean =>
  Object.values(answer).every(({ data }) => data.every(Number.isFinite));

/** What a variant would answer to each probe, computed when first asked for. */
export interface Hypothesis {
  variant: Pick<Variant<never>, 'id' | 'title' | 'advice' | 'family'>;
  at(probe: number): Answer;
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
  /** What tensors are called in front of a reader, where not by their own names. */
  names?: Readonly<Record<string, string>>;
}

/** Largest distance of the answers to a hypothesis over all probes. */
export const farthest = (hypothesis: Hypothesis, { answers, right }: Evidence<unknown>): number =>
  answers.reduce((worst, answer, i) => Math.max(worst, distanceTo(answer, hypothesis.at(i), right[i]!)), 0);

/**
 * All hypotheses within `tolerance` on every probe, by id, so that the order of a library and rounding change nothing; and
 * the distance of the nearest other one. Later probes are computed only where the earlier
 * ones leave a hypothesis in the running.
 */
export function nearest(
  hypotheses: readonly Hypothesis[],
  { answers, right }: Evidence<unknown>,
  tolerance: number,
): { matches: Match[]; next: number } {
  const queue = hypotheses.map((hypothesis) => ({ hypothesis, distance: 0, probes: 0 }));
  const matches: Match[] = [];
  for (;;) {
    const first = queue.reduce<(typeof queue)[number] | undefined>(
      (best, entry) => (best && before(best, entry) ? best : entry),
      undefined,
    );
    if (!first) return { matches: matches.sort(byId), next: Infinity };
    const answer = answers[first.probes];
    if (answer) {
      const distance = distanceTo(answer, first.hypothesis.at(first.probes), right[first.probes]!);
      first.distance = Math.max(first.distance, distance);
      first.probes++;
    } else {
      if (first.distance > tolerance) return { matches: matches.sort(byId), next: first.distance };
      matches.push(first);
      queue.splice(queue.indexOf(first), 1);
    }
    if (matches.length === 0 && queue.every((entry) => entry.distance > tolerance)) return { matches, next: Infinity };
  }
}

const before = (a: { distance: number; probes: number }, b: { distance: number; probes: number }): boolean =>
  a.distance < b.distance || (a.distance === b.distance && a.probes >= b.probes);

const byId = (a: Match, b: Match): number => (a.hypothesis.variant.id < b.hypothesis.variant.id ? -1 : 1);
