/** The work of a class as its gradebook keeps it: it is judged once more when the folder in which it lay is gone. */
import type { Attempt, State, StudentState } from '../gradebook/state.ts';
import type { Gradebook } from '../gradebook/store.ts';
import type { Refusal, Submission } from '../model/submission.ts';

/** What one person handed in, and is not read yet. */
export interface Lying {
  id: string;
  attempts: readonly { read(): Promise<Submission | Refusal> }[];
}

/** Everybody of whom a copy is kept, or known that there was nothing to keep; read one by one: a class may be larger than the memory. */
export const keptWorks = (book: Gradebook, { students }: State): Lying[] =>
  [...students.values()].flatMap((student) => {
    const attempts = student.attempts.flatMap((attempt) => {
      const read = reading(book, student, attempt);
      return read === undefined ? [] : [{ read: async () => read() }];
    });
    return attempts.length === 0 ? [] : [{ id: student.id, attempts }];
  });

function reading(book: Gradebook, student: StudentState, attempt: Attempt) {
  const refused = attempt.runs.at(-1)?.refused;
  if (attempt.sha256 === '') return refused === undefined ? undefined : () => ({ id: student.id, refused });
  return attempt.kept === undefined ? undefined : () => keptWork(book, student.id, attempt)!;
}

/** One attempt of a student; undefined where no copy is kept. Throws GradebookError where it is damaged. */
export function keptWork(book: Gradebook, id: string, { sha256, kept, origin }: Attempt): Submission | undefined {
  const files = kept === undefined ? undefined : book.work(kept.work);
  if (kept === undefined || files === undefined) return undefined;
  const { notes, language } = kept;
  return {
    ...{ id, sha256, files: [...files], notes: [...notes] },
    ...(origin !== undefined && { origin }),
    ...(language !== undefined && { language }),
  };
}
