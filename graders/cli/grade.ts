/** `gradmark grade`: a batch, for teaching assistants. */
import type { Command, Option } from 'commander';
import {
  assignmentsOption,
  backendOption,
  containedByOption,
  dataOption,
  pythonOption,
  feedbackOption,
  jobsOption,
  roundOption,
  secretFileOption,
  seedOption,
  unsafeOption,
} from './options.ts';
import type { Finish } from './exit-codes.ts';
import { courseNameOption, keyOption, queueOption, sharedOption, urgencyOption } from './queue-options.ts';
import type { GradeOptions } from './run-grade.ts';

/** An option that has no default of its own: what the folder was graded with before holds until something else is said. */
const remembered = (option: Option, first: string): Option =>
  Object.assign(option.default(undefined), {
    description: `${option.description}; default: as <dir> has it, at first ${first}`,
  });

/** Adds the command to the program. */
export function addGrade(program: Command, finish: Finish): void {
  program
    .command('grade')
    .summary('grade a batch of submissions')
    .description(
      'Grades submissions in a sandbox and writes results.json, grades.csv and a page per student and for the class.\n' +
        'A path is one submission (a folder or a .zip) or a folder or .zip of submissions. What was graded before with the\n' +
        'same grader and probes is kept, so an interrupted batch goes on where it stopped. The probes follow from a secret\n' +
        'that is made on first use and kept in <dir>/secret, the coursework and the round: nobody can know them beforehand,\n' +
        'and whoever is graded into the same folder later is asked the same. Give late work a round of its own.',
    )
    .argument('<assignment>', 'name of the coursework; see "gradmark tasks"')
    .argument('<paths...>', 'submissions, folders of submissions or archives')
    .requiredOption('--out <dir>', 'where grades and pages go')
    .option('--course <file>', 'course.json: due, extensions, what lateness costs; <dir> keeps a copy of it')
    .option('--roster <csv>', 'who is in the class: names, numbers and addresses, as any platform exports them')
    .option('--only <tasks>', 'grade these tasks only, separated by commas')
    .option('--json', 'print results.json on stdout instead of the table')
    .option('--full', 'full-size variants of expensive tasks; default: as <dir> was graded before')
    .option('--no-full', 'the ordinary size, where <dir> was graded in full')
    .addOption(jobsOption())
    .addOption(secretFileOption())
    .addOption(roundOption())
    .addOption(seedOption().conflicts(['secretFile', 'round']))
    .addOption(remembered(backendOption(), 'wasm'))
    .addOption(remembered(feedbackOption(), 'full'))
    .addOption(dataOption())
    .addOption(pythonOption())
    .addOption(assignmentsOption())
    .addOption(unsafeOption())
    .addOption(containedByOption().conflicts('queue'))
    .addOption(queueOption('have the workers of a queue grade, instead of this machine alone'))
    .addOption(urgencyOption())
    .addOption(courseNameOption())
    .addOption(keyOption())
    .addOption(sharedOption())
    .action(async (slug: string, paths: string[], options: GradeOptions) => {
      const { runGrade } = await import('./run-grade.ts');
      finish(await runGrade(slug, paths, options));
    });
}
