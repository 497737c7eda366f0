/** What `gradmark report` does. */
import { join, resolve } from 'node:path';
import type { FeedbackLevel } from '../model/grade.ts';
import { UserError } from './exit-codes.ts';
import { writeViews } from './write-views.ts';

/** Writes the pages of the class in this folder again; returns the exit code. */
export async function runReport(dir: string, { feedback }: { feedback?: string }): Promise<number> {
  if (feedback !== undefined && !['score', 'hint', 'full'].includes(feedback)) {
    throw new UserError(`--feedback takes score, hint or full, not ${feedback}.`);
  }
  const code = await writeViews(dir, feedback as FeedbackLevel | undefined);
  process.stdout.write(`Report: ${resolve(join(dir, 'index.html'))}\n`);
  return code;
}
