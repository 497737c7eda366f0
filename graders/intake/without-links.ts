/**
 * Opens what lies below a folder without following a link at any component: a folder that is changed for a link after it was
 * looked at leads nowhere. Each component is opened below the one before, where the system can name an open folder (Linux);
 * elsewhere the real path is looked at after opening.
 */
import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOfName } from './file-names.ts';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants as Partial<typeof constants>;
const canNameFolders = process.platform === 'linux';
/** Windows knows none of these; O_NONBLOCK keeps a pipe that took a file's place from blocking us for ever. */
const asFile = (O_RDONLY ?? 0) | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);
const asFolder = asFile | (O_DIRECTORY ?? 0);

/** The file at `path` below `root`; rejects with ELOOP or ENOTDIR where a link stands in the way. The root itself may be reached by links. */
export const openFile = (root: string, path: string): Promise<FileHandle> => openBelow(root, path, asFile);

/** Does `work` with a name of the folder at `path` below `root` that means this very folder while `work` runs. */
export async function inFolder<T>(root: string, path: string, work: (name: string) => Promise<T>): Promise<T> {
  if (!canNameFolders) {
    await refuseLinks(root, path);
    const result = await work(join(root, path));
    await refuseLinks(root, path);
    return result;
  }
  const folder = await openBelow(root, path, asFolder);
  try {
    return await work(nameOf(folder));
  } finally {
    await folder.close();
  }
}

async function openBelow(root: string, path: string, flags: number): Promise<FileHandle> {
  if (!canNameFolders) {
    const file = await open(join(root, path), flags & ~(O_DIRECTORY ?? 0));
    return refuseLinks(root, path).then(
      () => file,
      (error: unknown) => file.close().then(() => Promise.reject(error)),
    );
  }
  const parts = path.split('/').filter((part) => part !== '');
  let at = await open(await realpath(root), parts.length === 0 ? flags : asFolder);
  for (const [i, part] of parts.entries()) {
    const parent = at;
    try {
      const below = Buffer.concat([Buffer.from(`${nameOf(parent)}/`), bytesOfName(part)]);
      at = await open(below, i === parts.length - 1 ? flags : asFolder);
    } finally {
      await parent.close();
    }
  }
  return at;
}

const nameOf = (folder: FileHandle) => `/proc/self/fd/${folder.fd}`;

async function refuseLinks(root: string, path: string): Promise<void> {
  const expected = join(await realpath(root), path);
  if ((await realpath(join(root, path))) === expected.replace(/[/\\]$/, '')) return;
  throw Object.assign(new Error(`${path} is reached by a link`), { code: 'ELOOP' });
}
