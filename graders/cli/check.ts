/** `gradmark check`: students on their own work, with the same engine that grades them. */
import type { Command } from 'commander';
import {
  assignmentsOption,
  backendOption,
  dataOption,
  feedbackOption,
  pythonOption,
  practiceSeed,
  seedOption,
} from './options.ts';
import type { Finish } from './exit-codes.ts';
import type { CheckOptions } from './run-check.ts';

/** Adds the command to the program. */
export function addCheck(program: Command, finish: Finish): void {
  program
    .command('check')
    .summary('check your own work')
    .description(
      'Runs the checks on your own folder: what is not started yet, what is right, and the first mistake in full. Your code\n' +
        'runs in the best sandbox ' +
        'this machine has. It asks probes for practice: those that count follow from a secret of your course, and a person\n' +
        'marks the written answers.',
    )
    .argument('[folder]', 'your work: a folder or a .zip', '.')
    .option('--assignment <name>', 'name of the coursework; default: the one whose files the folder holds')
    .option('--task <ids>', 'only these tasks, separated by commas')
    .option('--practice', 'with the practice pack, as in a student’s kit, although the keys are here')
    .option('--explain <id>', 'everything about one task or check, what passed too')
    .option('--all', 'everything about all of them')
    .option('--watch', 'check again whenever a file changes; keys: h hint, l list, o where to open, r again, q quit')
    .option('--list', 'name the checks, and those that only the course makes; nothing is run')
    .option('--json', 'print one JSON document')
    .addOption(seedOption().default(practiceSeed))
    .addOption(backendOption())
    .addOption(feedbackOption())
    .addOption(dataOption())
    .addOption(pythonOption())
    .addOption(assignmentsOption())
    .action(async (folder: string, options: CheckOptions) => {
      const { runCheck } = await import('./run-check.ts');
      finish(await runCheck(folder, options));
    });
}
