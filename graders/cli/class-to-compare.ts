/** The class that `gradmark similarity` compares: what lies in a folder or archive, or what a gradebook has kept of it. */
import { existsSync } from 'node:fs';
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { loadAssignment } from '../assignment/load-assignment.ts';
import { isWithin, realPlace } from '../batch/apart.ts';
import { listCourseworks } from '../coursework.ts';
import { resultsOf } from '../gradebook/class-results.ts';
import { stateOf } from '../gradebook/fold.ts';
import { gradebookPath, openGradebook } from '../gradebook/store.ts';
import { findHandedIn } from '../intake/receive.ts';
import type { Assignment } from '../model/assignment.ts';
import { keptWork } from '../regrading/kept-work.ts';
import type { Handed } from '../similarity/read-class.ts';
import type { LeftOut } from '../similarity/program.ts';
import { UserError } from './exit-codes.ts';
import { recognise } from './recognise.ts';

export interface SimilarityOptions {
  assignment?: string;
  out: string;
  assignments: string[];
}

interface Class {
  /** Of the coursework. */
  folder: string;
  assignment: Assignment;
  handedIn: Handed[];
  leftOut: LeftOut[];
  close(): void;
}

/** Opens it; the caller closes it when all is read. Throws UserError. */
export async function openClass(dir: string, options: SimilarityOptions): Promise<Class> {
  if (!existsSync(dir)) throw new UserError(`${dir} does not exist.`);
  return existsSync(gradebookPath(dir)) ? openKept(dir, options) : openLying(dir, options);
}

async function openLying(dir: string, { assignment: named, assignments, out }: SimilarityOptions): Promise<Class> {
  if (isWithin(await realPlace(out), await realPlace(dir)))
    throw new UserError(`--out ${out} lies in ${dir}: it would be taken for somebody's work. Give a place elsewhere.`);
  const folder =
    named === undefined
      ? await recognise(dir, assignments)
      : assignmentFolder(await listCourseworks(assignments), named);
  const assignment = await loadAssignment(folder);
  const handedIn = await findHandedIn(dir, { assignment });
  return { folder, assignment, handedIn, leftOut: [], close: () => undefined };
}

/** The folder of the class need not be there any more: everybody's work that counts is read from its copy. */
async function openKept(dir: string, { assignment: named, assignments }: SimilarityOptions): Promise<Class> {
  const book = openGradebook(dir);
  try {
    const state = stateOf(book.each());
    const { assignment: slug, submissions } = resultsOf(state);
    if (named !== undefined && named !== slug) throw new UserError(`${dir} holds grades of ${slug}, not of ${named}.`);
    const folder = assignmentFolder(await listCourseworks(assignments), slug);
    const [handedIn, leftOut]: [Handed[], LeftOut[]] = [[], []];
    for (const { id, sha256, refused } of submissions) {
      const attempt = state.students.get(id)!.attempts.find((one) => one.sha256 === sha256);
      if (attempt?.kept !== undefined) handedIn.push({ id, read: async () => keptWork(book, id, attempt)! });
      else leftOut.push({ id, why: refused ?? 'is not kept in the gradebook' });
    }
    return { folder, assignment: await loadAssignment(folder), handedIn, leftOut, close: () => book.close() };
  } catch (error) {
    book.close();
    throw error;
  }
}
