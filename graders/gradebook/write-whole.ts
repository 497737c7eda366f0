import { chmod, lstat, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolders } from '../make-folders.ts';
import { assertPlainFile, isHandedOver } from '../plain-file.ts';

/** Grades are for those who grade: nobody else on the machine reads a file or lists a folder of a batch. */
export const fileMode = 0o600;
export const folderMode = 0o700;

/** What of the reasons a person can mend. */
const inWords: Record<string, string> = {
  ENOSPC: 'no room is left on the disk',
  EDQUOT: 'the quota on this disk is used up',
  EIO: 'the disk fails, or files may not grow as large here',
  EFBIG: 'files may not grow as large here',
  EACCES: 'you may not write there',
  EPERM: 'this may not be changed',
  EROFS: 'the file system is for reading only',
  EEXIST: 'a file stands where a folder is needed',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands in its place',
  ELOOP: 'a link stands where a folder is needed',
  ENAMETOOLONG: 'no file system has names as long',
  ENOTSUP: 'nobody can make a folder there',
  ENOENT: 'the folder is gone, or a link there leads nowhere',
};

/** A file that could not be written. What stood in its place is whole; staff can mend what stands in the way. */
export class WriteError extends Error {
  override readonly name = 'WriteError';

  constructor(path: string, cause: unknown) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    const reason = inWords[code];
    super(
      `${path} could not be written (${reason === undefined ? code : `${code}: ${reason}`}). What was written before is whole; ` +
        'the same command goes on from there when it can be written again.',
      { cause },
    );
  }
}

/** Makes a folder, or closes one that is there to others. Throws WriteError where a link stands in its place, which leads to other files. */
export async function makeFolder(path: string): Promise<void> {
  try {
    makeFolders(path, folderMode);
    const there = await lstat(path);
    if (there.isSymbolicLink()) throw Object.assign(new Error('a link'), { code: 'ELOOP' });
    if ((there.mode & 0o077) !== 0) await chmod(path, folderMode);
  } catch (error) {
    throw new WriteError(path, error);
  }
}

/** A name beside the file, which tells the process that writes there. */
export const draftOf = (path: string): string => `${path}.${process.pid}.part`;

/**
 * Writes a file whole or not at all, making its folder: a reader never sees half of it. Only the owner may read it. Throws
 * WriteError, and then leaves no draft that would take up the room that is missing.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | Iterable<string | Uint8Array>,
): Promise<void> {
  const draft = draftOf(path);
  try {
    if (isHandedOver(path)) return await writeFile(path, content, { flag: 'a' });
    // A draft takes the place of whatever lies there, of a device as well, for everybody on the machine.
    assertPlainFile(path);
    makeFolders(join(path, '..'), folderMode);
    await writeFile(draft, content, { mode: fileMode });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new WriteError(path, error);
  }
}
