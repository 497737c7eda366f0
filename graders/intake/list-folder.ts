/** Lists a student's folder without following anything: links, devices and pipes are named, not opened. */
import type { BigIntStats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import type { Entry } from './entry.ts';
import { Unacceptable } from './entry.ts';
import { bytesOfName, textOfName } from './file-names.ts';
import type { IntakeLimits } from './limits.ts';
import { sizeInWords } from './limits.ts';
import { sharedOf } from './shared-files.ts';
import { inFolder, openFile } from './without-links.ts';
import { folderApart, isLeftover, isReadable, pathExcess, pathFault, quoted } from './path-rules.ts';

/**
 * Every file below a folder (or below the folder `inside` of it), leftovers of tools excepted, sorted by path; throws
 * Unacceptable beyond the limits. `staff` is whom the folder around belongs to. Data and built files do not count: what lies beyond the limits there is not listed.
 */
export async function listFolder(folder: string, limits: IntakeLimits, inside = '', staff?: bigint): Promise<Entry[]> {
  const entries: Entry[] = [];
  const owner = await opened(ownerOf(folder, inside));
  const waiting = [''];
  let counted = 0;
  let uncounted = 0;
  for (let prefix = waiting.pop(); prefix !== undefined; prefix = waiting.pop()) {
    // A little more than the limits allow.
    for (const { name, isFolder, stat } of await opened(
      contentsBelow(folder, inside + prefix, 2 * limits.entries + 2),
    )) {
      const path = `${prefix}${name}`;
      const isApart = folderApart(isFolder ? `${path}/` : path) !== undefined;
      if (isApart && uncounted++ >= limits.entries) continue;
      const excess = pathExcess(path, limits);
      if (excess !== undefined && (isApart || !(isFolder || isReadable(path, 'any')))) continue;
      if (excess !== undefined) throw new Unacceptable(`${quoted(path)} ${excess}: hand in a flatter folder.`);
      if (isFolder) waiting.push(`${path}/`);
      else entries.push(entryOf(folder, path, stat, inside, { owner, staff }));
      if (!isApart && ++counted > limits.entries) {
        throw new Unacceptable(`The folder holds more than ${limits.entries} files: hand in your own files only.`);
      }
    }
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whom the system has a folder belong to. */
export const ownerOf = (folder: string, inside: string): Promise<bigint> =>
  inFolder(folder, inside, async (within) => (await stat(within, { bigint: true })).uid);

/** What lies in a folder, as it was seen there: the state of each file, or the code of why it cannot be asked for. */
type Seen = BigIntStats | string;

interface Content {
  name: string;
  isFolder: boolean;
  stat: Seen;
}

/** What lies in a folder but leftovers, in the order of names, whatever the file system's is; `most` of it. */
export function contentsBelow(
  folder: string,
  path: string,
  most: number,
  isLeft: (name: string, isFolder: boolean) => boolean = isLeftover,
): Promise<Content[]> {
  return inFolder(folder, path, async (within) => {
    const found = await readdir(within, { withFileTypes: true, encoding: 'buffer' });
    const items = found
      .map((item) => ({ name: textOfName(item.name), isFolder: item.isDirectory() }))
      .filter(({ name, isFolder }) => !isLeft(name, isFolder))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const seen: Content[] = [];
    for (const { name, isFolder } of items.slice(0, most)) {
      const at = Buffer.concat([Buffer.from(`${within}/`), bytesOfName(name)]);
      const asked = () => lstat(at, { bigint: true }).catch(({ code }: NodeJS.ErrnoException) => code ?? 'unknown');
      seen.push({ name, isFolder, stat: isFolder ? '' : await asked() });
    }
    return seen;
  });
}

/** What tells whether a file is still the one that was listed. */
interface FileSeen {
  dev: bigint;
  ino: bigint;
}

/** What is asked of a folder, or that it cannot be opened. */
const opened = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: NodeJS.ErrnoException) => {
    throw new Unacceptable(`A folder of it cannot be opened (${error.code}).`);
  });

interface Belonging {
  /** Whom the folder belongs to in which the file lies. */
  owner?: bigint;
  /** Whom the folder belongs to that holds the class. */
  staff?: bigint | undefined;
}

/** One file of a folder (or of the folder `inside` of it), as lstat saw it; its content is read only if it is still that file. */
export function entryOf(folder: string, path: string, stat: Seen, inside = '', belonging: Belonging = {}): Entry {
  if (typeof stat === 'string') return { path, bytes: 0, aside: `cannot be opened (${stat})`, read: failing(stat) };
  const { dev, ino, size } = stat;
  const entry: Entry = {
    ...{ path: path.normalize('NFC'), bytes: Number(size) },
    read: reading(folder, inside + path, { dev, ino }),
  };
  if (path !== entry.path) entry.spelt = path;
  const aside = strangeness(stat, belonging) ?? pathFault(path);
  if (aside !== undefined) entry.aside = aside;
  const shared = aside === aHardLink ? sharedOf(stat, belonging.owner) : undefined;
  if (shared !== undefined) entry.shared = shared;
  return entry;
}

// What lstat saw is a kilobyte, and a class of thousands has tens of thousands of files: a function that is made where it lies holds it.
const reading =
  (folder: string, path: string, seen: FileSeen): Entry['read'] =>
  (most) =>
    readUnchanged(folder, path, seen, most);

const failing = (code: string) => () => Promise.reject(new Unacceptable(code));

const aHardLink = 'shares its content with another file (a hard link): hand in a copy';

function strangeness(stat: BigIntStats, { owner, staff }: Belonging): string | undefined {
  if (stat.isSymbolicLink()) return 'is a link, and links are not followed: hand in the file itself';
  if (!stat.isFile()) return 'is a device or a pipe, not a file';
  // A second name of one file may belong to somebody else's work. Where students have accounts of their own it is of whoever owns it, and
  // a neighbour who made another name for it costs nobody anything.
  const isStaff = owner === undefined || owner === staff || owner === BigInt(process.getuid?.() ?? -1);
  return stat.nlink > 1n && (isStaff || stat.uid !== owner) ? aHardLink : undefined;
}

/** As the file is now: between listing a large class and reading it an hour may pass, and half a file is nobody's work. */
async function readUnchanged(folder: string, path: string, seen: FileSeen, most: number): Promise<Buffer> {
  const file = await openFile(folder, path);
  try {
    const stat = await file.stat({ bigint: true });
    const changed = new Unacceptable('A file changed while it was read: hand in again.');
    if (stat.dev !== seen.dev || stat.ino !== seen.ino || !stat.isFile()) throw changed;
    const bytes = Number(stat.size);
    const buffer = Buffer.alloc(Math.min(most, bytes) + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < buffer.length; length += got) {
      got = (await file.read(buffer, length, buffer.length - length)).bytesRead;
    }
    if (length > most) throw new Unacceptable(`A file grew over ${sizeInWords(most)} while it was read.`);
    if (length !== bytes) throw changed;
    return buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}
