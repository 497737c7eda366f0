/** `gradmark publish`: students get to see their grades. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import type { PublishOptions } from './run-publish.ts';

/** Adds the command to the program. */
export function addPublish(program: Command, finish: Finish): void {
  program
    .command('publish')
    .summary("write students' pages into a folder to give out, and release what people gave")
    .description(
      "Writes each student's page, <folder>/report.html, and nothing of anybody else; what it is drawn from and notes for\n" +
        'staff are not in it. Publishing is the release: marks, comments and the rubric are on the pages from then on. Grades\n' +
        'that are held are left out and listed, and the exit code is then 3. Published again, it says what changed.',
    )
    .argument('<dir>', 'the folder that "gradmark grade --out" filled')
    .requiredOption('--to <folder>', 'where the pages go: a new folder, or one that was published to before')
    .addOption(
      new Option('--feedback <level>', 'how much students see; default as graded').choices(['score', 'hint', 'full']),
    )
    .option('--without-marks', 'what checks found only: what people gave is not released yet')
    .option('--as <name>', 'under which name; default: the name that this machine knows you by')
    .action(async (dir: string, options: PublishOptions) => {
      const { runPublish } = await import('./run-publish.ts');
      finish(await runPublish(dir, options));
    });
}
