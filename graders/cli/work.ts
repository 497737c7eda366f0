/** `gradmark work`: this machine helps with a queue. */
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import { dataOption, jobsOption, pythonOption } from './options.ts';
import { keyOption, queueOption, sharedOption } from './queue-options.ts';
import type { WorkOptions } from './run-work.ts';

/** Adds the command to the program. */
export function addWork(program: Command, finish: Finish): void {
  program
    .command('work')
    .summary('grade for others: take jobs from a queue')
    .description(
      'Takes submissions from a queue on PostgreSQL, grades them here, and sends the grades back. As many machines as there are\n' +
        'may do so. First it tries out how well this machine isolates programs; a machine that differs from what is asked in\n' +
        'level, versions or processor refuses, and says so. SIGTERM or Ctrl-C finishes what runs; a second one gives it back.',
    )
    .addOption(queueOption('where the queue is').makeOptionMandatory())
    .addOption(jobsOption())
    .addOption(keyOption())
    .addOption(sharedOption())
    .addOption(dataOption())
    .addOption(pythonOption())
    .action(async (options: WorkOptions) => {
      const { runWork } = await import('./run-work.ts');
      finish(await runWork(options));
    });
}
