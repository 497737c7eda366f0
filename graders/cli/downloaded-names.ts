/** The names of the files that a platform gave for download. */
import { readdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { defaultLimits } from '../intake/limits.ts';
import { listArchive } from '../intake/list-archive.ts';
import { readPlainFile } from '../plain-file.ts';
import { UserError } from './exit-codes.ts';

/** Of a folder or a .zip, without the folders in which they lie. */
export async function downloadedNames(path: string): Promise<string[]> {
  try {
    if ((await stat(path)).isDirectory()) return (await readdir(path)).sort();
    const entries = await listArchive(await readPlainFile(path), defaultLimits);
    return entries.map((entry) => basename(entry.path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(
      `${path}: ${code === undefined ? message : `${code}.`} Name the folder or .zip of submissions as it was downloaded.`,
    );
  }
}
