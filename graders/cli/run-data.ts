/** What `gradmark data` does: sets are downloaded where they are missing, and read as a coursework would. */
import { join, resolve } from 'node:path';
import { DataError } from '../data/data-error.ts';
import type { DataSet } from '../data/data-files.ts';
import { dataFiles, dataSets } from '../data/data-files.ts';
import { fetchDataFile } from '../data/fetch-data.ts';
import { loadBoston, loadDigits, loadImages } from '../data/real-data.ts';
import { exitCodes, UserError } from './exit-codes.ts';

export interface DataOptions {
  data?: string;
  list?: boolean;
}

/** Long enough for the largest file, 10 MB, on a slow line. */
const timeoutMs = 10 * 60_000;

/** Downloads or lists the sets of these names, all of them without a name; returns the exit code. */
export async function runData(names: string[], options: DataOptions): Promise<number> {
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
  return sound || options.list === true ? exitCodes.done : exitCodes.usage;
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
