/** What lies in a folder or archive of one's own, before it is taken in. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Entry } from '../intake/entry.ts';
import { Unacceptable } from '../intake/entry.ts';
import { defaultLimits } from '../intake/limits.ts';
import { listOneArchive } from '../intake/list-archive.ts';
import { entryOf, listFolder } from '../intake/list-folder.ts';
import { readPlainFile } from '../plain-file.ts';

/** A notebook is a whole submission. */
export const isNotebook = (path: string): boolean => /\.ipynb$/i.test(path);

/** Every file of a folder or archive, or the one notebook; none where it cannot be listed, which whoever takes the work in will say. */
export async function entriesAt(path: string): Promise<Entry[]> {
  try {
    const real = await realpath(path);
    const there = await stat(real, { bigint: true });
    if (there.isDirectory()) return await listFolder(path, defaultLimits);
    if (isNotebook(path)) return [{ ...entryOf(dirname(real), basename(real), there), path: basename(path) }];
    return await listOneArchive(await readPlainFile(path), defaultLimits);
  } catch (error) {
    if (error instanceof Unacceptable || (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
