/** `gradmark mark`: people give the marks that checks cannot. */
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import type { MarkOptions } from './run-mark.ts';

/** Adds the command to the program. */
export function addMark(program: Command, finish: Finish): void {
  program
    .command('mark')
    .summary('give the marks that people give, on a page in your browser')
    .description(
      'Serves pages on this machine only, question by question: the answers in an order of likeness, names hidden until you\n' +
        'show them, the rubric under number keys. What is saved stands in the gradebook of the folder at once; several people\n' +
        'may mark at the same time. Ends with Ctrl C, which writes pages and tables again.',
    )
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .option('--port <n>', 'where it is served; default: a free one')
    .option('--as <name>', 'under which name you mark; default: the name that this machine knows you by')
    .action(async (dir: string, options: MarkOptions) => {
      const { runMark } = await import('./run-mark.ts');
      finish(await runMark(dir, options));
    });
}
