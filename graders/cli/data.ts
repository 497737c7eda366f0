/** `gradmark data`: the real data sets, what is there of them, and how they come into the data folder. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { dataSets } from '../data/data-files.ts';
import type { Finish } from './exit-codes.ts';
import type { DataOptions } from './run-data.ts';
import { dataOption } from './options.ts';

/** Adds the command to the program. Exit code 2 when a set is absent or damaged, or cannot be downloaded. */
export function addData(program: Command, finish: Finish): void {
  program
    .command('data')
    .summary('download the real data sets, or see which are there')
    .description(
      'Downloads data sets into the data folder, names where they come from, and checks their content. Everything is gradable without them.',
    )
    .argument('[sets...]', `which ones: ${dataSets.join(', ')}`)
    // Downloading makes it.
    .addOption(dataOption().argParser((path: string) => path))
    .addOption(new Option('--list', 'download nothing; check what is there'))
    .action(async (names: string[], options: DataOptions) => {
      const { runData } = await import('./run-data.ts');
      finish(await runData(names, options));
    });
}
