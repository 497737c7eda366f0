/** Which of somebody's attempts are judged: those that may count, and the same work once. */
import type { Counts } from '../course/course-file.ts';
import { mayCount } from '../course/counting-attempt.ts';
import type { HandedIn } from '../intake/receive.ts';
import type { Read } from './noted.ts';

/** Their places among the attempts; without a rule the latest counts. */
export function toJudge(
  attempts: HandedIn['attempts'],
  read: readonly Read[],
  counts: Counts | undefined = 'latest',
): number[] {
  const places = mayCount(counts, attempts).map((attempt) => attempts.indexOf(attempt));
  return places.filter((at, i) => !places.slice(i + 1).some((later) => isSameWork(read[at]!, read[later]!)));
}

const isSameWork = (one: Read, other: Read): boolean =>
  'files' in one && 'files' in other && one.sha256 === other.sha256;
