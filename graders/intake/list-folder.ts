/** Lists a student's folder without following anything: links, devices and pipes are named, not opened. */
import type { BigIntStats, Dirent } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from './entry.ts';
import { Unacceptable } from './entry.ts';
import type { IntakeLimits } from './limits.ts';
import { sizeInWords } from './limits.ts';
import { folderApart, isLeftover, isReadable, pathExcess, pathFault, quoted } from './path-rules.ts';

/**
 * Every file below a folder, leftovers of tools excepted, sorted by path; throws Unacceptable beyond the limits. Data and
 * built files do not count: what lies beyond the limits there is not listed.
 */
export async function listFolder(folder: string, limits: IntakeLimits): Promise<Entry[]> {
  const entries: Entry[] = [];
  const waiting = [''];
  let counted = 0;
  let uncounted = 0;
  for (let prefix = waiting.pop(); prefix !== undefined; prefix = waiting.pop()) {
    for (const item of await contentsOf(join(folder, prefix))) {
      const path = `${prefix}${item.name}`;
      if (isLeftover(path)) continue;
      const isFolder = item.isDirectory();
      const isApart = folderApart(isFolder ? `${path}/` : path) !== undefined;
      if (isApart && uncounted++ >= limits.entries) continue;
      const excess = pathExcess(path, limits);
      if (excess !== undefined && (isApart || !(isFolder || isReadable(path)))) continue;
      if (excess !== undefined) throw new Unacceptable(`${quoted(path)} ${excess}: hand in a flatter folder.`);
      if (isFolder) waiting.push(`${path}/`);
      else entries.push(await entryOf(folder, path));
      if (!isApart && ++counted > limits.entries) {
        throw new Unacceptable(`The folder holds more than ${limits.entries} files: hand in your own files only.`);
      }
    }
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** In the order of names, whatever the file system's is. */
async function contentsOf(folder: string): Promise<Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new Unacceptable(`A folder of it cannot be opened (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** One file of a folder, checked by lstat; its content is read only if it is still that file. */
export async function entryOf(folder: string, path: string): Promise<Entry> {
  const full = join(folder, path);
  const stat = await lstat(full, { bigint: true }).catch(({ code }: NodeJS.ErrnoException) => code ?? 'unknown');
  // A name in another encoding than UTF-8 is listed, but cannot be asked for.
  if (typeof stat === 'string')
    return { path, bytes: 0, aside: `cannot be opened (${stat})`, read: () => Promise.reject(new Unacceptable(stat)) };
  const entry: Entry = {
    path: path.normalize('NFC'),
    bytes: Number(stat.size),
    read: (most) => readUnchanged(full, stat, most),
  };
  const aside = strangeness(stat) ?? pathFault(path);
  if (aside !== undefined) entry.aside = aside;
  return entry;
}

function strangeness(stat: BigIntStats): string | undefined {
  if (stat.isSymbolicLink()) return 'is a link, and links are not followed: hand in the file itself';
  if (!stat.isFile()) return 'is a device or a pipe, not a file';
  // A second name of one file may belong to somebody else's work.
  if (stat.nlink > 1n) return 'shares its content with another file (a hard link): hand in a copy';
  return undefined;
}

async function readUnchanged(path: string, seen: BigIntStats, most: number): Promise<Buffer> {
  // Windows knows neither flag; O_NONBLOCK keeps a pipe that took the file's place from blocking us for ever.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags);
  try {
    const stat = await file.stat({ bigint: true });
    if (stat.dev !== seen.dev || stat.ino !== seen.ino || !stat.isFile())
      throw new Unacceptable('A file changed while it was read: hand in again.');
    const buffer = Buffer.alloc(Math.min(most, Number(seen.size)) + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < buffer.length; length += got) {
      got = (await file.read(buffer, length, buffer.length - length)).bytesRead;
    }
    if (length > most) throw new Unacceptable(`A file grew over ${sizeInWords(most)} while it was read.`);
    return buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}
