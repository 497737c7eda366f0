/**
 * Makes folders where a person said. Node's own way of making those around them as well asks for ever where a system says that a folder
 * is not there and lets none be made, as in `/proc`.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The folder, with those in which it lies: gives the first that was made, if any, and throws what the system says. */
export function makeFolders(path: string, mode = 0o777): string | undefined {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { mode });
    return folder;
  } catch (error) {
    if (isFolder(folder)) return undefined;
    const { code } = error as NodeJS.ErrnoException;
    const above = dirname(folder);
    if (code === 'EEXIST') throw leadsNowhere(folder) ?? error;
    if (code !== 'ENOENT' || above === folder) throw error;
    if (isFolder(above)) throw Object.assign(error as Error, { code: 'ENOTSUP' });
    const made = makeFolders(above, mode);
    makeFolders(folder, mode);
    return made;
  }
}

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

/** Why what is there by name is not there: it is a link to what is gone, or a ring of links. */
const leadsNowhere = (path: string): unknown => {
  try {
    statSync(path);
    return undefined;
  } catch (error) {
    return error;
  }
};
