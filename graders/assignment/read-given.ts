import { join } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import type { SourceFile } from '../model/submission.ts';
import { readPlainText } from '../plain-file.ts';
import { AssignmentError } from './load-assignment.ts';

/**
 * The modules that the grader lays beside the student's: from `given/` of the assignment, from `starter/`, where students have
 * them too, or from the `given/` beside the assignments, for what several sheets give.
 */
export async function readGiven(folder: string, assignment: Assignment): Promise<SourceFile[]> {
  return Promise.all(
    (assignment.given ?? []).map(async (path) => {
      for (const place of ['given', 'starter', join('..', 'given')]) {
        const text = await readPlainText(join(folder, place, path)).catch(() => undefined);
        if (text !== undefined) return { path, text };
      }
      throw new AssignmentError(
        `${join(folder, 'assignment.json')}: given lists "${path}", but neither given/ nor starter/ holds it, nor given/ beside the assignment`,
      );
    }),
  );
}

/** The same for submissions in Python: from `starter-python/`. */
export async function readGivenPython(folder: string, { python }: Assignment): Promise<SourceFile[]> {
  return Promise.all(
    (python?.given ?? []).map(async (path) => {
      const text = await readPlainText(join(folder, 'starter-python', path)).catch(() => undefined);
      if (text !== undefined) return { path, text };
      throw new AssignmentError(
        `${join(folder, 'contract.python.json')}: given lists "${path}", but starter-python/ does not hold it`,
      );
    }),
  );
}
