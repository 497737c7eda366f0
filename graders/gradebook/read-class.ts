/** A class as its gradebook tells it, for whoever only reads. */
import { existsSync } from 'node:fs';
import type { Results } from '../model/grade.ts';
import { resultsBeforeLastRun } from './before-last-run.ts';
import { resultsOf } from './class-results.ts';
import type { Recorded } from './event.ts';
import { stateOf } from './fold.ts';
import { GradebookError } from './read-event.ts';
import type { Gradebook } from './store.ts';
import { gradebookPath, openGradebook } from './store.ts';

/** What the gradebook of a folder says, read and closed. Throws GradebookError where nothing was graded into it. */
function read<T>(outDir: string, look: (book: Gradebook) => T): T {
  if (!existsSync(gradebookPath(outDir))) {
    throw new GradebookError(
      `${gradebookPath(outDir)} does not exist: grade something into this folder first (gradmark grade … --out ${outDir}).`,
    );
  }
  const book = openGradebook(outDir);
  try {
    return look(book);
  } finally {
    book.close();
  }
}

/** Everybody's grade as it is now. Throws GradebookError where nothing was graded into the folder. */
export const readClassResults = (outDir: string): Results => read(outDir, (book) => resultsOf(stateOf(book.each())));

/** Everybody's grade as it was before the newest run; undefined where there was none, or the folder holds nothing. */
export const readClassBefore = (outDir: string): Results | undefined =>
  existsSync(gradebookPath(outDir)) ? read(outDir, resultsBeforeLastRun) : undefined;

/** With what a folder was graded last; undefined where it was not. */
export function configOf(outDir: string): Extract<Recorded, { kind: 'configured' }> | undefined {
  if (!existsSync(gradebookPath(outDir))) return undefined;
  const last = read(outDir, (book) => book.events({ kind: 'configured' })).at(-1);
  return last?.kind === 'configured' ? last : undefined;
}
