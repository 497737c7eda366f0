/** What `gradmark report` does, and how every command tells whose pages could not be written. */
import { join, resolve } from 'node:path';
import type { FeedbackLevel } from '../model/grade.ts';
import { readResults } from '../gradebook/gradebook.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { writeSite } from '../../reports/site.ts';
import { exitCodes, UserError } from './exit-codes.ts';

/** Writes the pages of the batch in this folder again; returns the exit code. */
export async function runReport(dir: string, options: { feedback?: string }): Promise<number> {
  const results = await readResults(dir).catch((error: unknown) => {
    throw new UserError((error as Error).message);
  });
  const feedback = options.feedback ?? results.feedback;
  if (!['score', 'hint', 'full'].includes(feedback)) {
    throw new UserError(`--feedback takes score, hint or full, not ${feedback}.`);
  }
  const { unwritten } = await writeSite({ ...results, feedback: feedback as FeedbackLevel }, dir);
  tellUnwritten(unwritten);
  process.stdout.write(`Report: ${resolve(join(dir, 'index.html'))}\n`);
  return unwritten.size > 0 ? exitCodes.ours : exitCodes.done;
}

/** Says on stderr whose pages could not be written. */
export function tellUnwritten(unwritten: ReadonlyMap<string, string>): void {
  for (const [id, why] of unwritten)
    process.stderr.write(`The page of ${plainLine(id)} was not written: ${plainLine(why)}\n`);
}
