/** The gradebook of a folder that was graded into, and somebody in it. */
import { existsSync } from 'node:fs';
import { plainLine } from '../../reports/plain-text.ts';
import { nearest } from '../assignment/did-you-mean.ts';
import type { State, StudentState } from '../gradebook/state.ts';
import type { Gradebook } from '../gradebook/store.ts';
import { gradebookPath, openGradebook } from '../gradebook/store.ts';
import { UserError } from './exit-codes.ts';

/** Its gradebook, which the caller closes. Throws UserError where there is none. */
export function openFilled(dir: string): Gradebook {
  if (existsSync(gradebookPath(dir))) return openGradebook(dir);
  throw new UserError(`${dir} holds no gradebook: grade a class into it first (gradmark grade … --out ${dir}).`);
}

/** A student by id. Throws UserError, with the id that is nearest. */
export function knownStudent({ students }: State, id: string): StudentState {
  const student = students.get(id);
  if (student !== undefined) return student;
  const near = nearest(id, students.keys());
  throw new UserError(
    `There is no student ${plainLine(id)}${near === undefined ? '' : `; did you mean ${plainLine(near)}?`}`,
  );
}
