/** Reads one assignment.json and says everything that is wrong with it at once. */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import { placed, readBySchema } from './read-by-schema.ts';
import type { Contract } from '../model/contract.ts';
import { semanticMistakes } from './semantic-mistakes.ts';

/** An assignment.json that cannot be used; the message lists every mistake, one line each. */
export class AssignmentError extends Error {
  override readonly name = 'AssignmentError';
}

/** The assignment of a folder, validated against the schema and against itself; throws one AssignmentError for all mistakes. */
export async function loadAssignment(folder: string): Promise<Assignment> {
  const path = join(folder, 'assignment.json');
  const read = await readBySchema(path, 'assignment', 'is this the folder of an assignment?');
  if (read.mistakes.length > 0) throw new AssignmentError(read.mistakes.join('\n'));
  const assignment = read.data as Assignment;
  const mistakes = semanticMistakes(assignment);
  const name = basename(resolve(folder));
  if (assignment.slug !== name)
    mistakes.unshift(`slug must be the name of its folder, "${name}", got "${assignment.slug}"`);
  if (mistakes.length > 0) throw new AssignmentError(placed(path, mistakes).join('\n'));
  const python = await loadContract(join(folder, 'contract.python.json'));
  return python === undefined ? assignment : { ...assignment, python };
}

/** How the coursework is handed in in another language; undefined where it may not be. */
async function loadContract(path: string): Promise<Contract | undefined> {
  if (!existsSync(path)) return undefined;
  const read = await readBySchema(path, 'contract', 'it lies beside assignment.json');
  if (read.mistakes.length > 0) throw new AssignmentError(read.mistakes.join('\n'));
  return read.data as Contract;
}
