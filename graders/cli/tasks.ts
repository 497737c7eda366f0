/** `gradmark tasks`: courseworks and their tasks, with kinds, marks, what is automatic, and how many checks there are. */
import type { Command } from 'commander';
import { assignmentsOption } from './options.ts';
import type { Finish } from './exit-codes.ts';
import type { TasksOptions } from './run-tasks.ts';

/** Adds the command to the program. */
export function addTasks(program: Command, finish: Finish): void {
  program
    .command('tasks')
    .summary('what there is to grade')
    .description(
      'Lists every coursework with its tasks: kinds, marks, the automatic and the manual share, checks, fixtures.',
    )
    .argument('[assignment]', 'only this coursework')
    .option('--json', 'print one JSON document')
    .addOption(assignmentsOption())
    .action(async (slug: string | undefined, options: TasksOptions) => {
      const { runTasks } = await import('./run-tasks.ts');
      finish(await runTasks(slug, options));
    });
}
