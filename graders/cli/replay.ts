/** `gradmark replay`: a grade, repeated and compared. */
import type { Command } from 'commander';
import { assignmentsOption, dataOption, secretFileOption, unsafeOption } from './options.ts';
import type { Finish } from './exit-codes.ts';
import type { ReplayCommand } from './run-replay.ts';

/** Adds the command to the program. */
export function addReplay(program: Command, finish: Finish): void {
  program
    .command('replay')
    .summary('repeat a grade with what its record holds, and compare')
    .description(
      'Grades one student once more with the probes, backend and size that the record names, and compares check by check.\n' +
        'Ends with 0 where all is the same and with 1 where something differs; a grader of another version is told first.\n' +
        'Nothing is written.',
    )
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .argument('<student>', 'whose grade, by id')
    .argument(
      '[path]',
      'where the work lies: a submission, or the class that it is in; default: the copy in the gradebook',
    )
    .option('--roster <csv>', 'with a path: the roster that the class was graded with')
    .option('--json', 'print one JSON document')
    .addOption(secretFileOption())
    .addOption(dataOption())
    .addOption(assignmentsOption())
    .addOption(unsafeOption())
    .action(async (dir: string, student: string, path: string | undefined, options: ReplayCommand) => {
      const { runReplay } = await import('./run-replay.ts');
      finish(await runReplay(dir, student, path, options));
    });
}
