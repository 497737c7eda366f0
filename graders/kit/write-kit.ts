/** Writes a kit where nothing is lost: what is there already is never overwritten, and what fails half-way leaves nothing. */
import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

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
    made = await mkdir(folder, { recursive: true });
    for (const [path, text] of files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
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
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
