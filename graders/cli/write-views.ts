/** Everything that follows from a gradebook as files: results.json, tables and pages, for every command that changes a grade. */
import type { FeedbackLevel, Results } from '../model/grade.ts';
import { clearDrafts } from '../gradebook/clear-drafts.ts';
import { readResults, recordResults } from '../gradebook/gradebook.ts';
import { readClassBefore, readClassResults } from '../gradebook/read-class.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { writeSite } from '../../reports/site.ts';
import { exitCodes } from './exit-codes.ts';

/** The grades of a folder as its gradebook has them now, whoever was ended before the files said so. */
export async function currentResults(outDir: string): Promise<Results> {
  const { absent, unclear } = await readResults(outDir).catch((): Partial<Results> => ({}));
  return {
    ...readClassResults(outDir),
    // What only the last grading could know: who is on the roster and handed nothing in, and whose work something is.
    ...(absent !== undefined && { absent }),
    ...(unclear !== undefined && { unclear }),
  };
}

/** Writes the files of a folder anew, each whole; returns the exit code. Another feedback level than that of the folder holds this once. */
export async function writeViews(outDir: string, feedback?: FeedbackLevel): Promise<number> {
  await clearDrafts(outDir);
  const results = await currentResults(outDir);
  await recordResults(outDir, results);
  return writePages({ ...results, feedback: feedback ?? results.feedback }, outDir);
}

/** Writes pages and tables, and says on stderr whose pages could not be written; returns the exit code. */
export async function writePages(results: Results, outDir: string): Promise<number> {
  const { unwritten } = await writeSite(results, outDir, readClassBefore(outDir));
  for (const [id, why] of unwritten) {
    process.stderr.write(`The page of ${plainLine(id)} was not written: ${plainLine(why)}\n`);
  }
  return unwritten.size > 0 ? exitCodes.ours : exitCodes.done;
}
