/** `gradmark marks`: marks by people in a spreadsheet. */
import { Argument } from 'commander';
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import type { MarksOptions } from './run-marks.ts';

/** Adds the command to the program. */
export function addMarks(program: Command, finish: Finish): void {
  program
    .command('marks')
    .summary('give the marks that people give in a spreadsheet')
    .description(
      'export writes a table with one row for each answer that people mark. Fill in items (those of the rubric that apply,\n' +
        'with spaces between), beside (points besides them, 0 for none), comment (for the student) and note (for staff).\n' +
        'import reads it back: rows that were not changed do nothing, a row that was emptied takes its mark back. Where\n' +
        'anything is wrong, or somebody was faster, all of it is told and nothing is imported.',
    )
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .addArgument(new Argument('<what>', 'which way').choices(['export', 'import']))
    .argument('<csv>', 'the table')
    .option('--overwrite', 'export: replace the table where it exists')
    .option('--as <name>', 'import: under which name; default: the name that this machine knows you by')
    .action(async (dir: string, what: 'export' | 'import', csv: string, options: MarksOptions) => {
      const { exportMarks, importMarks } = await import('./run-marks.ts');
      finish(await (what === 'export' ? exportMarks : importMarks)(dir, csv, options));
    });
}
