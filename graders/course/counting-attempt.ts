/** Which of several attempts of one person counts. */
import type { Grade } from '../model/grade.ts';
import type { Counts } from './course-file.ts';

type Attempt = Pick<Grade, 'origin' | 'score' | 'held'>;

/**
 * The attempt that counts; where the rule cannot tell two apart, the later in the list (of the first, the earlier). Of the best, one that is held counts
 * before all others: nobody is told marks that may still rise. Scores are those after what lateness costs.
 */
export function countingAttempt<T extends Attempt>(counts: Counts, attempts: readonly [T, ...T[]]): T {
  const rank = ranks[counts];
  const inTurn = counts === 'first' ? attempts.toReversed() : attempts;
  return inTurn.reduce((kept, next) => (compare(rank(next), rank(kept)) >= 0 ? next : kept));
}

/** Numbers of which the greatest counts; the second decides where the first are equal. */
const ranks: Record<Counts, (attempt: Attempt) => [number, number]> = {
  latest: (attempt) => [timeOf(attempt), numberOf(attempt)],
  last: (attempt) => [numberOf(attempt), timeOf(attempt)],
  best: (attempt) => [attempt.held ? Infinity : attempt.score, timeOf(attempt)],
  first: (attempt) => [-numberOf(attempt), -timeOf(attempt)],
};

const compare = (a: [number, number], b: [number, number]): number =>
  a[0] === b[0] ? order(a[1], b[1]) : order(a[0], b[0]);

const order = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

const numberOf = ({ origin }: Attempt): number => origin?.attempt ?? 0;

function timeOf({ origin }: Attempt): number {
  const at = Date.parse(origin?.at ?? '');
  return Number.isNaN(at) ? 0 : at;
}
