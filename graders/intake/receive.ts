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

export interface ReceiveOptions {
  assignment: Assignment;
  limits?: Partial<IntakeLimits>;
}

/** A submission that lies there and is not read yet: a class may be larger than the memory. */
export interface HandedIn {
  id: string;
  /** One that cannot be accepted comes as a Refusal, under the same id. */
  read(): Promise<Submission | Refusal>;
}

/** Every submission at the paths, in order. Throws IntakeError when a path holds no submission at all. */
export async function findHandedIn(paths: string | readonly string[], options: ReceiveOptions): Promise<HandedIn[]> {
  const limits = { ...defaultLimits, ...options.limits };
  const vocabulary = vocabularyOf(options.assignment);
  const finds = [];
  const named = [paths].flat();
  for (const path of named) finds.push(...(await findSubmissions(path, vocabulary, limits, named.length === 1)));
  const unique = uniqueIds();
  return finds.map(({ name, where, list }) => {
    const id = unique(safeId(name));
    return {
      id,
      async read() {
        try {
          return { id, ...(await assemble({ where, entries: await list() }, vocabulary, limits)) };
        } catch (error) {
          return { id, refused: refusalOf(error) };
        }
      },
    };
  });
}

/** A file that vanishes or cannot be opened costs its own submission only; it is for staff, since no student can mend it. */
function refusalOf(error: unknown): string {
  if (error instanceof Unacceptable) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `It could not be read (${code}): ask the staff.`;
}
