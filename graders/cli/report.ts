/** `gradmark report`: the pages of a finished batch, written again. */
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';

/** Adds the command to the program. */
export function addReport(program: Command, finish: Finish): void {
  program
    .command('report')
    .summary('write the pages of a finished batch again')
    .description(
      'Writes results.json, grades.csv and the pages of a folder from its gradebook, e.g. at another feedback level.',
    )
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .option('--feedback <level>', 'how much the student sees: score, hint or full; default as graded')
    .action(async (dir: string, options: { feedback?: string }) => {
      const { runReport } = await import('./run-report.ts');
      finish(await runReport(dir, options));
    });
}
