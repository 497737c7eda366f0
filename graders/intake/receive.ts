/** Takes in whatever lies at a path: one submission, or a folder or archive of them. The way in for everything students made. */
import type { Assignment } from '../model/assignment.ts';
import type { Refusal, Submission } from '../model/submission.ts';
import { assemble } from './assemble.ts';
import { Unacceptable } from './entry.ts';
import { findSubmissions } from './find-submissions.ts';
import type { IntakeLimits } from './limits.ts';
import { defaultLimits } from './limits.ts';
import { safeId, uniqueIds } from './submission-id.ts';
import { vocabularyOf } from './vocabulary.ts';

interface ReceiveOptions {
  assignment: Assignment;
  limits?: Partial<IntakeLimits>;
}

/**
 * Every submission at the paths, in order, one at a time; one that cannot be accepted comes as a Refusal and never stops
 * the others. Throws IntakeError before the first one when a path holds no submission at all.
 */
export async function* receive(
  paths: string | readonly string[],
  options: ReceiveOptions,
): AsyncGenerator<Submission | Refusal> {
  const limits = { ...defaultLimits, ...options.limits };
  const vocabulary = vocabularyOf(options.assignment);
  const finds = [];
  const named = [paths].flat();
  for (const path of named) finds.push(...(await findSubmissions(path, vocabulary, limits, named.length === 1)));
  const unique = uniqueIds();
  for (const { name, where, list } of finds) {
    const id = unique(safeId(name));
    let received: Submission | Refusal;
    try {
      received = { id, ...(await assemble({ where, entries: await list() }, vocabulary, limits)) };
    } catch (error) {
      received = { id, refused: refusalOf(error) };
    }
    yield received;
  }
}

/** A file that vanishes or cannot be opened costs its own submission only; it is for staff, since no student can mend it. */
function refusalOf(error: unknown): string {
  if (error instanceof Unacceptable) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `It could not be read (${code}): ask the staff.`;
}
