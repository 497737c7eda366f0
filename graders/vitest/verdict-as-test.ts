/** How a check ended, as a test ends: its meta, and an error in the words of `gradmark check`. */
import { join } from 'node:path';
import { checkLines } from '../../reports/check-text.ts';
import { progressOf } from '../../reports/own-work/progress.ts';
import { viewCheck } from '../../reports/view-check.ts';
import type { Grade } from '../model/grade.ts';
import type { Verdict } from '../model/verdict.ts';
import type { CheckMeta } from './meta.ts';

/** Checks of what is not begun: no mistakes. */
export const notBegunIn = (grade: Grade): ReadonlySet<Verdict> => progressOf(grade).notBegun;

/** What a check that was tried says to programs. */
export function metaOf({ outcome, diagnosis, margin, finding }: Verdict): Omit<CheckMeta, 'task' | 'check'> {
  const [gap] = finding?.gaps ?? [];
  return {
    state: outcome === 'pass' ? 'right' : outcome === 'broken' ? 'broken' : 'wrong',
    ...(diagnosis !== undefined && { diagnosis }),
    ...(margin !== undefined && { margin }),
    ...(gap !== undefined && { tolerance: gap.tolerance }),
  };
}

/** Undefined for what is right; otherwise an error that points at the student's source, where that is known. */
export function failureOf(verdict: Verdict, folder: string): Error | undefined {
  if (verdict.outcome === 'pass') return undefined;
  const lines = checkLines(viewCheck(verdict, verdict.id), 100, (_, text) => text);
  const error = new Error(`${lines.join('\n').trim()}\n\n      gradmark check --explain ${verdict.id}`);
  const at = (verdict.finding?.places ?? []).map(
    ({ path, line, column }) => `    at ${join(folder, path)}:${line}:${column}`,
  );
  error.stack = [`Error: ${error.message}`, ...at].join('\n');
  return error;
}
