/** `gradmark similarity`: who has in common what few others have, for staff to look at. */
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import { assignmentsOption } from './options.ts';
import type { SimilarityOptions } from './class-to-compare.ts';

/** Adds the command to the program. */
export function addSimilarity(program: Command, finish: Finish): void {
  program
    .command('similarity')
    .summary('find programs of a class that are alike, for staff')
    .description(
      'Compares the programs of a class without running them and writes a page with both sides of every pair. Names,\n' +
        'numbers and the order of functions make no difference; the starter, the model solution, short answers and what half\n' +
        'of the class has are left out. Alike is not copied: a person looks, and no grade follows from it.',
    )
    .argument(
      '<dir>',
      'the class: a folder or archive of submissions, or the folder that "gradmark grade --out" filled',
    )
    .option('--assignment <name>', 'name of the coursework; default: the one whose files the folder holds')
    .option('--out <file>', 'the page', 'similarity.html')
    .addOption(assignmentsOption())
    .action(async (dir: string, options: SimilarityOptions) => {
      const { runSimilarity } = await import('./run-similarity.ts');
      finish(await runSimilarity(dir, options));
    });
}
