/** `gradmark ci`: one command for the repository of one submission. */
import type { Command } from 'commander';
import { Option } from 'commander';
import {
  assignmentsOption,
  backendOption,
  containedByOption,
  dataOption,
  feedbackOption,
  ownRoundOption,
  percentage,
  practiceSeed,
  pythonOption,
  roundOption,
  secretFileOption,
  seedOption,
  unsafeOption,
} from './options.ts';
import type { Finish } from './exit-codes.ts';
import type { CiOptions } from './run-ci.ts';

/** Adds the command to the program. */
export function addCi(program: Command, finish: Finish): void {
  program
    .command('ci')
    .summary('check the submission of a repository, for a CI system')
    .description(
      'Finds out which coursework the folder belongs to, checks it, and tells the CI system: annotations, summary and\n' +
        'outputs on GitHub, JUnit and code quality on GitLab, any format anywhere with --write. Without --secret-file the\n' +
        'probes are those for practice; with it they are those that count, and the machine has to isolate the program.',
    )
    .argument('[folder]', 'the work: a folder or a .zip', '.')
    .option('--assignment <name>', 'name of the coursework; default: the one whose files the folder holds')
    .option('--task <ids>', 'only these tasks, separated by commas')
    .option(
      '--write <format=file>',
      'also write this format (junit, ctrf, tap, code-quality, gradescope, classroom50, coursera, markdown, json); may be given several times',
      (text: string, before: string[]) => [...before, text],
      [] as string[],
    )
    .addOption(
      new Option('--system <name>', 'whose annotations and files to make')
        .choices(['auto', 'github', 'gitlab', 'none'])
        .default('auto'),
    )
    .option(
      '--min-score <percent>',
      'exit with 0 from this share of the automatic marks on; default: all of them',
      percentage,
    )
    .option('--exit-zero', 'exit with 0 whenever the work was graded, for systems that read a file instead')
    .addOption(secretFileOption())
    .addOption(roundOption())
    .addOption(ownRoundOption())
    .addOption(seedOption().default(practiceSeed).conflicts(['secretFile', 'round', 'ownRound']))
    .addOption(backendOption())
    .addOption(feedbackOption())
    .addOption(dataOption())
    .addOption(pythonOption())
    .addOption(assignmentsOption())
    .addOption(unsafeOption())
    .addOption(containedByOption())
    .action(async (folder: string, options: CiOptions) => {
      const { runCi } = await import('./run-ci.ts');
      finish(await runCi(folder, options));
    });
}
