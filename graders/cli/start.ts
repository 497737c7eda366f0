/** `gradmark start`: the kit with which a student begins a coursework. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { assignmentsOption } from './options.ts';
import type { Finish } from './exit-codes.ts';
import type { StartOptions } from './run-start.ts';

/** Adds the command to the program. */
export function addStart(program: Command, finish: Finish): void {
  program
    .command('start')
    .summary('begin a coursework')
    .description(
      'Writes the kit of a coursework into a new folder: the sheet, the files to fill in, tests, and the package.json with\n' +
        'which "npm install" and "npm run check" work on any Node from 20 on. Nothing that is there is overwritten.',
    )
    .argument('<assignment>', 'name of the coursework')
    .option('--to <folder>', 'where to; default: a folder with the name of the coursework')
    .addOption(
      new Option('--language <name>', 'in what you write').choices(['typescript', 'python']).default('typescript'),
    )
    .option('--github', 'with a workflow for GitHub that checks after every push')
    .option('--gitlab', 'with a job for GitLab that checks after every push')
    .option('--gradmark <where>', 'where npm finds gradmark, e.g. the address of a package; default: this version')
    .addOption(assignmentsOption())
    .action(async (slug: string, options: StartOptions) => {
      const { runStart } = await import('./run-start.ts');
      finish(await runStart(slug, options));
    });
}
