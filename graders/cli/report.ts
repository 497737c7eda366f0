/** `gradmark report`: the pages of a finished batch, written again. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { FeedbackLevel } from '../model/grade.ts';
import { readResults } from '../gradebook/gradebook.ts';
import { writeSite } from '../../reports/site.ts';
import { plainLine } from '../../reports/plain-text.ts';
import type { Finish } from './exit-codes.ts';
import { exitCodes, UserError } from './exit-codes.ts';

/** Says on stderr whose pages could not be written. */
export function tellUnwritten(unwritten: ReadonlyMap<string, string>): void {
  for (const [id, why] of unwritten)
    process.stderr.write(`The page of ${plainLine(id)} was not written: ${plainLine(why)}\n`);
}

/** Adds the command to the program. */
export function addReport(program: Command, finish: Finish): void {
  program
    .command('report')
    .summary('write the pages of a finished batch again')
    .description('Writes pages and grades.csv from the results.json of a batch, e.g. at another feedback level.')
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .option('--feedback <level>', 'how much the student sees: score, hint or full; default as graded')
    .action(async (dir: string, options: { feedback?: string }) => {
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
      finish(unwritten.size > 0 ? exitCodes.ours : exitCodes.done);
    });
}
