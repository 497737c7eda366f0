/** `gradmark package`: ready files for the system that students hand in to. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { assignmentsOption } from './options.ts';
import type { Finish } from './exit-codes.ts';
import type { PackageOptions } from './run-package.ts';

/** Adds the command to the program. */
export function addPackage(program: Command, finish: Finish): void {
  program
    .command('package')
    .summary('write ready files for a CI or hand-in system')
    .description(
      'Writes what a system needs to check or grade a coursework: a workflow with an action (github), a job (gitlab), an\n' +
        'autograder (gradescope, coursera), or the shim that a classroom runs (classroom50). Nothing in it asks the network\n' +
        'while somebody is graded (docs/ci.md).',
    )
    .argument('<assignment>', 'name of the coursework; see "gradmark tasks"')
    .addOption(
      new Option('--to <system>', 'for which system')
        .choices(['github', 'gitlab', 'gradescope', 'classroom50', 'coursera'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <folder>', 'a new or empty folder')
    .option(
      '--secret-file <path>',
      'gradescope and coursera: the secret that the probes follow from; default: a new one',
    )
    .option('--no-engine', 'gradescope and coursera: leave gradmark itself and Node out, for an image that holds them')
    .addOption(
      new Option('--visibility <when>', 'gradescope: from when on students see their results')
        .choices(['visible', 'after_due_date', 'after_published', 'hidden'])
        .default('visible'),
    )
    .addOption(assignmentsOption())
    .action(async (slug: string, options: PackageOptions) => {
      const { runPackage } = await import('./run-package.ts');
      finish(await runPackage(slug, options));
    });
}
