/** `gradmark forget`: somebody's work and name go. */
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import type { ForgetOptions } from './run-forget.ts';

/** Adds the command to the program. */
export function addForget(program: Command, finish: Finish): void {
  program
    .command('forget')
    .summary("remove a person's work and name")
    .description(
      'Removes all that the folder holds of a person: what the gradebook tells of them, their pages there, and the pages in\n' +
        'folders that were published to. Their marks alone stay in the gradebook, without a name. Nothing brings it back:\n' +
        'without --yes it only says what would go.',
    )
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .argument('<person>', 'the id, as in grades.csv')
    .option('--yes', 'do it')
    .option('--as <name>', 'under which name; default: the name that this machine knows you by')
    .action(async (dir: string, person: string, options: ForgetOptions) => {
      const { runForget } = await import('./run-forget.ts');
      finish(await runForget(dir, person, options));
    });
}
