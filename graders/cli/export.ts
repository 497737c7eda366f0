/** `gradmark export`: marks for a learning platform, or as a table. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import type { ExportOptions } from './run-export.ts';

/** Adds the command to the program. */
export function addExport(program: Command, finish: Finish): void {
  program
    .command('export')
    .summary('fill the marks into the table of a learning platform')
    .description(
      'Fills the marks into the table that you exported from the platform (--into) and changes nothing else in it.\n' +
        'What is held, refused or waits for a marker is left as it is, and so is everybody who cannot be told apart;\n' +
        'all of that is listed, and the exit code is then 3. csv and json need no table to fill (docs/export.md).',
    )
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .addOption(
      new Option('--to <platform>', 'whose table it is')
        .choices(['moodle', 'canvas', 'brightspace', 'blackboard', 'csv', 'json'])
        .makeOptionMandatory(),
    )
    .option('--into <file>', 'the table as the platform exported it; it is not changed')
    .option('--column <name>', 'the column that takes the marks; default: the one called as the coursework')
    .option('--scale', 'in proportion, where the platform gives another number of marks for the whole')
    .option('--feedback <zip>', "students' pages as an archive that moodle or canvas takes back")
    .option('--downloaded <path>', 'for the feedback of canvas: the submissions as downloaded, a .zip or a folder')
    .option('--out <file>', 'where the filled table goes; default: stdout')
    .option('--overwrite', 'replace --out and --feedback where they exist')
    .action(async (dir: string, options: ExportOptions) => {
      const { runExport } = await import('./run-export.ts');
      finish(await runExport(dir, options));
    });
}
