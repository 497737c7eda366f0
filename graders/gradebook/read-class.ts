/** A class as its gradebook tells it, for whoever only reads. */
import { existsSync } from 'node:fs';
import type { Results } from '../model/grade.ts';
import { resultsOf } from './class-results.ts';
import type { Recorded } from './event.ts';
import { stateOf } from './fold.ts';
import { GradebookError } from './read-event.ts';
import type { State } from './state.ts';
import { gradebookPath, openGradebook } from './store.ts';

/** All that is known of the class in a folder. Throws GradebookError where nothing was graded into it. */
function readClass(outDir: string): State {
  if (!existsSync(gradebookPath(outDir))) {
    throw new GradebookError(
      `${gradebookPath(outDir)} does not exist: grade something into this folder first (gradmark grade … --out ${outDir}).`,
    );
  }
  const book = openGradebook(outDir);
  try {
    return stateOf(book.events());
  } finally {
    book.close();
  }
}

/** Everybody's grade as it is now. Throws GradebookError where nothing was graded into the folder. */
export const readClassResults = (outDir: string): Results => resultsOf(readClass(outDir));

/** With what a folder was graded last; undefined where it was not. */
export function configOf(outDir: string): Extract<Recorded, { kind: 'configured' }> | undefined {
  if (!existsSync(gradebookPath(outDir))) return undefined;
  const book = openGradebook(outDir);
  try {
    const [last] = book.events({ kind: 'configured' }).slice(-1);
    return last?.kind === 'configured' ? last : undefined;
  } finally {
    book.close();
  }
}
