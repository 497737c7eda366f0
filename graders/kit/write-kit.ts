/** Writes a kit where nothing is lost: what is there already is never overwritten, and what fails half-way leaves nothing. */
import { lstat, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolders } from '../make-folders.ts';

/** Files of the kit that are there already, in the order of the kit; links count, wherever they lead. */
export async function alreadyThere(folder: string, files: Iterable<string>): Promise<string[]> {
  const there: string[] = [];
  for (const path of files) if (await exists(join(folder, path))) there.push(path);
  return there;
}

/** Writes every file, or none: throws what the system says, and takes away what it has written before. */
export async function writeKit(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const written: string[] = [];
  let made: string | undefined;
  try {
    made = makeFolders(folder);
    for (const [path, text] of files) {
      const file = join(folder, path);
      makeFolders(dirname(file));
      // Somebody may have written there in the meantime.
      await writeFile(file, text, { flag: 'wx' });
      written.push(file);
    }
  } catch (error) {
    for (const file of written) await rm(file, { force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw error;
  }
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ENOTDIR'].includes(error.code!)) return false;
      throw error;
    },
  );
