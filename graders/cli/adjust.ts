/** `gradmark adjust`: a person sets the marks of a task. */
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import type { AdjustOptions } from './run-adjust.ts';

/** Adds the command to the program. */
export function addAdjust(program: Command, finish: Finish): void {
  program
    .command('adjust')
    .summary('set the marks of a task, with a reason')
    .description(
      'Sets the marks of a whole task, whatever checks and rubric say, and writes the pages and tables again. Students read\n' +
        'the reason once marks are released. Further gradings keep it; "none" takes it back.',
    )
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .argument('<student>', 'the id, as in grades.csv')
    .argument('<task>', 'the id of the task, as in grades.csv')
    .argument('<points>', 'from 0 to the marks of the task, or "none"')
    .requiredOption('--why <reason>', 'why, for the student and for the record')
    .option('--as <name>', 'under which name; default: the name that this machine knows you by')
    .action(async (dir: string, student: string, task: string, points: string, options: AdjustOptions) => {
      const { runAdjust } = await import('./run-adjust.ts');
      finish(await runAdjust(dir, { student, task, points }, options));
    });
}
