/** Everything that follows from a gradebook as files: results.json, tables and pages, for every command that changes a grade. */
import type { FeedbackLevel, Results } from '../model/grade.ts';
import { clearDrafts } from '../gradebook/clear-drafts.ts';
import { readWhose, recordResults } from '../gradebook/gradebook.ts';
import { readClassBefore, readClassResults } from '../gradebook/read-class.ts';
import type { ClassView } from '../../reports/class-view.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { writeSite } from '../../reports/site.ts';
import { exitCodes } from './exit-codes.ts';

/** The grades of a folder as its gradebook has them now, whoever was ended before the files said so. */
export async function currentResults(outDir: string): Promise<Results> {
  return { ...readClassResults(outDir), ...(await readWhose(outDir)) };
}

/** Writes the files of a folder anew, each whole; returns the exit code. Another feedback level than that of the folder holds this once. */
export async function writeViews(outDir: string, feedback?: FeedbackLevel): Promise<number> {
  await clearDrafts(outDir);
  const results = await currentResults(outDir);
  await recordResults(outDir, results);
  return (await writePages({ ...results, feedback: feedback ?? results.feedback }, outDir)).code;
}

/** Writes pages and tables, and says on stderr whose pages could not be written; returns the exit code and what the class page says. */
export async function writePages(results: Results, outDir: string): Promise<{ code: number; view: ClassView }> {
  const { unwritten, view } = await writeSite(results, outDir, readClassBefore(outDir));
  for (const [id, why] of unwritten) {
    process.stderr.write(`The page of ${plainLine(id)} was not written: ${plainLine(why)}\n`);
  }
  return { code: unwritten.size > 0 ? exitCodes.ours : exitCodes.done, view };
}
