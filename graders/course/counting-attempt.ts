/** Which of several attempts of one person counts. */
import type { Grade } from '../model/grade.ts';
import type { Counts } from './course-file.ts';

type Attempt = Pick<Grade, 'origin' | 'score' | 'manualMax' | 'held'>;

/**
 * The attempt that counts, of a list in the order in which they came here; where the rule cannot tell two apart, the later (of the
 * first, the earlier), and where it is not known of one when it came, the list says all. Of the best, one that is held, or that may
 * still become the best once a person has marked it, counts before: nobody is told marks that may still rise. Scores are those after
 * what lateness costs.
 */
export function countingAttempt<T extends Attempt>(counts: Counts, attempts: readonly [T, ...T[]]): T {
  const known = { time: isKnown(attempts, timeOf), number: isKnown(attempts, numberOf) };
  const rank = (attempt: T) => {
    const time = known.time ? timeOf(attempt)! : 0;
    return ranks[counts]({ attempt, time, number: known.number ? numberOf(attempt)! : 0 });
  };
  const inTurn = counts === 'first' ? attempts.toReversed() : attempts;
  return inTurn.reduce((kept, next) => (compare(rank(next), rank(kept)) >= 0 ? next : kept));
}

/** Of attempts that are not graded yet those that may count: all where marks decide, else the one. */
export function mayCount<T extends Pick<Attempt, 'origin'>>(counts: Counts, attempts: readonly [T, ...T[]]): T[] {
  if (counts === 'best') return [...attempts];
  const unmarked = attempts.map((of) => ({ of, origin: of.origin, score: 0, manualMax: 0, held: false }));
  return [countingAttempt(counts, unmarked as [(typeof unmarked)[number]]).of];
}

interface Ranked {
  attempt: Attempt;
  time: number;
  number: number;
}

/** Numbers of which the greatest counts; the second decides where the first are equal. */
const ranks: Record<Counts, (ranked: Ranked) => [number, number]> = {
  latest: ({ time, number }) => [time, number],
  last: ({ time, number }) => [number, time],
  best: ({ attempt: { held, score, manualMax }, time }) => [held ? Infinity : score + manualMax, time],
  first: ({ time, number }) => [-number, -time],
};

const compare = (a: [number, number], b: [number, number]): number =>
  a[0] === b[0] ? order(a[1], b[1]) : order(a[0], b[0]);

const order = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

const isKnown = (attempts: readonly Attempt[], value: (attempt: Attempt) => number | undefined): boolean =>
  attempts.every((attempt) => value(attempt) !== undefined);

const numberOf = ({ origin }: Attempt): number | undefined => origin?.attempt;

function timeOf({ origin }: Attempt): number | undefined {
  const at = Date.parse(origin?.at ?? '');
  return Number.isNaN(at) ? undefined : at;
}
