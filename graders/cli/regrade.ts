/** `gradmark regrade`: what a grader that has changed would give, and giving it. */
import type { Command } from 'commander';
import {
  assignmentsOption,
  dataOption,
  jobsOption,
  percentages,
  pythonOption,
  roundOption,
  secretFileOption,
  unsafeOption,
} from './options.ts';
import type { Finish } from './exit-codes.ts';
import type { RegradeCommand } from './run-regrade.ts';

/** Adds the command to the program. */
export function addRegrade(program: Command, finish: Finish): void {
  program
    .command('regrade')
    .summary('see what a changed grader would give, and approve it')
    .description(
      'Grades the work of a class with the grader of now and shows old against new, check by check, with the reasons.\n' +
        'Nothing that counts changes: results.json, tables and pages stay as they are until you approve. Marks that people\n' +
        'gave are kept. What is judged are the copies that the gradebook keeps, or what lies at the paths that you name.\n' +
        'Everybody is asked again what they were asked, unless you name another round.',
    )
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .argument('[paths...]', 'where the submissions lie, as for "gradmark grade"; default: the copies in the gradebook')
    .option('--approve <who>', 'what is proposed counts from now on: "all", or students separated by commas')
    .option('--withdraw <who>', 'what is proposed waits no longer: "overtaken", "all", or students separated by commas')
    .option('--boundaries <percents>', 'say who crosses one, e.g. 50,60', percentages)
    .option('--afresh', 'also ask again what no change has touched')
    .option('--as <name>', 'under which name you approve or withdraw; default: the name that this machine knows you by')
    .option('--why <reason>', 'kept with the approval or the withdrawal')
    .option('--roster <csv>', 'with paths: the roster that the class was graded with')
    .option('--json', 'print one JSON document instead of the table')
    .addOption(jobsOption())
    .addOption(secretFileOption())
    .addOption(roundOption())
    .addOption(dataOption())
    .addOption(pythonOption())
    .addOption(assignmentsOption())
    .addOption(unsafeOption())
    .action(async (dir: string, paths: string[], options: RegradeCommand) => {
      const { runRegrade } = await import('./run-regrade.ts');
      finish(await runRegrade(dir, paths, options));
    });
}
