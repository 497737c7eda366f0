/** `gradmark data`: the real data sets, what is there of them, and how they come into the data folder. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { DataError } from '../data/data-error.ts';
import type { DataSet } from '../data/data-files.ts';
import { dataFiles, dataSets } from '../data/data-files.ts';
import { fetchDataFile } from '../data/fetch-data.ts';
import { loadBoston, loadDigits, loadImages } from '../data/real-data.ts';
import type { Finish } from './exit-codes.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { dataOption } from './options.ts';

/** Long enough for the largest file, 10 MB, on a slow line. */
const timeoutMs = 10 * 60_000;

interface DataOptions {
  data?: string;
  list?: boolean;
}

/** Adds the command to the program. Exit code 2 when a set is absent or damaged, or cannot be downloaded. */
export function addData(program: Command, finish: Finish): void {
  program
    .command('data')
    .summary('download the real data sets, or see which are there')
    .description(
      'Downloads data sets into the data folder, names where they come from, and checks their content. Everything is gradable without them.',
    )
    .argument('[sets...]', `which ones: ${dataSets.join(', ')}`)
    .addOption(dataOption())
    .addOption(new Option('--list', 'download nothing; check what is there'))
    .action(async (names: string[], options: DataOptions) => {
      const unknown = names.filter((name) => !(dataSets as readonly string[]).includes(name));
      if (unknown.length > 0)
        throw new UserError(`There is no data set ${unknown.join(', ')}; there are ${dataSets.join(', ')}.`);
      if (options.data === undefined)
        throw new UserError('Name the data folder: --data <folder>, or the environment variable GRADMARK_DATA.');
      if (names.length === 0 && options.list !== true)
        throw new UserError(`Name the sets to download (${dataSets.join(', ')}), or use --list.`);
      const folder = resolve(options.data);
      const sets = (names.length > 0 ? names : [...dataSets]) as DataSet[];
      let sound = true;
      for (const set of sets) sound = (await attend(folder, set, options.list !== true)) && sound;
      finish(sound || options.list === true ? exitCodes.done : exitCodes.usage);
    });
}

/** Downloads what is missing of a set, reads it as a coursework would, and prints one line; false when that fails. */
async function attend(folder: string, set: DataSet, mayDownload: boolean): Promise<boolean> {
  try {
    for (const file of mayDownload ? dataFiles[set] : []) {
      const done = await fetchDataFile(folder, file, { timeoutMs });
      if (done === 'downloaded') process.stderr.write(`${file.url} → ${join(folder, file.folder, file.name)}\n`);
    }
    process.stdout.write(`${set}: ${read(folder, set)}\n`);
    return true;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    process.stdout.write(`${set}: ${error.kind}. ${error.message}\n`);
    return false;
  }
}

/** What the loaders find; of MNIST and FashionMNIST one part may be absent. */
function read(folder: string, set: DataSet): string {
  if (set === 'digits') return `${loadDigits(folder).digits.length} images`;
  if (set === 'boston') return `${loadBoston(folder).y.length} districts`;
  const parts = (['train', 'test'] as const).map((part) => {
    try {
      return { says: `${loadImages(folder, set, part).count} images (${part})` };
    } catch (error) {
      if (error instanceof DataError && error.kind === 'absent') return { says: `${part} absent`, error };
      throw error;
    }
  });
  const absent = parts.flatMap(({ error }) => (error === undefined ? [] : [error]));
  if (absent.length === parts.length) throw absent[0]!;
  return parts.map(({ says }) => says).join(', ');
}
