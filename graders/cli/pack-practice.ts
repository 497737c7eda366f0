/** `gradmark pack-practice`: what students practise on, made from the keys. */
import type { Command } from 'commander';
import { assignmentsOption, wholeNumber } from './options.ts';
import type { Finish } from './exit-codes.ts';
import type { PackPracticeOptions } from './run-pack-practice.ts';

/** The seed of the packs that are shipped. */
const packSeed = 404;

/** Adds the command to the program. */
export function addPackPractice(program: Command, finish: Finish): void {
  program
    .command('pack-practice')
    .summary('the numbers that students practise on')
    .description(
      'Makes the practice pack of a coursework from its keys: for probes of its own, other than those of any grading, the\n' +
        'numbers that are right and those that known mistakes give, with their sentences. With it "gradmark check" judges\n' +
        'where no keys are installed. Every check in it is proven against the real one; the others are named.',
    )
    .argument('<assignment>', 'name of the coursework')
    .option('--out <file>', 'where the pack is written; default: practice.json in the folder of the coursework')
    .option('--seed <n>', 'other probes for another number', wholeNumber, packSeed)
    .option('--json', 'print one JSON document')
    .addOption(assignmentsOption())
    .action(async (slug: string, options: PackPracticeOptions) => {
      const { runPackPractice } = await import('./run-pack-practice.ts');
      finish(await runPackPractice(slug, options));
    });
}
