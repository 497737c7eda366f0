/** What lies in a folder or archive of one's own, before it is taken in. */
import { readFile, stat } from 'node:fs/promises';
import type { Entry } from '../intake/entry.ts';
import { Unacceptable } from '../intake/entry.ts';
import { defaultLimits } from '../intake/limits.ts';
import { listOneArchive } from '../intake/list-archive.ts';
import { listFolder } from '../intake/list-folder.ts';

/** Every file of a folder or archive; none where it cannot be listed, which whoever takes the work in will say. */
export async function entriesAt(path: string): Promise<Entry[]> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    return isFolder ? await listFolder(path, defaultLimits) : await listOneArchive(await readFile(path), defaultLimits);
  } catch (error) {
    if (error instanceof Unacceptable || (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
