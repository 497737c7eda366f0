/** `gradmark new`: a coursework of a lecturer's own, to begin with. */
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import type { NewOptions } from './run-new.ts';

/** Adds the command to the program. */
export function addNew(program: Command, finish: Finish): void {
  program
    .command('new')
    .summary('begin a coursework of your own')
    .description(
      'Writes a small coursework with two tasks: sheet, starter, checks made of the kinds of tasks, model solution and\n' +
        'fixtures. It passes "gradmark audit" as it is; replace its questions with those of your sheet.',
    )
    .argument('<name>', 'name of the coursework: small letters, digits and hyphens')
    .option('--in <folder>', 'the folder of your courseworks', '.')
    .action(async (slug: string, options: NewOptions) => {
      const { runNew } = await import('./run-new.ts');
      finish(await runNew(slug, options));
    });
}
