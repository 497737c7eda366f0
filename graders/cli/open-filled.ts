/** The gradebook of a folder that was graded into. */
import { existsSync } from 'node:fs';
import type { Gradebook } from '../gradebook/store.ts';
import { gradebookPath, openGradebook } from '../gradebook/store.ts';
import { UserError } from './exit-codes.ts';

/** Its gradebook, which the caller closes. Throws UserError where there is none. */
export function openFilled(dir: string): Gradebook {
  if (existsSync(gradebookPath(dir))) return openGradebook(dir);
  throw new UserError(`${dir} holds no gradebook: grade a class into it first (gradmark grade … --out ${dir}).`);
}
