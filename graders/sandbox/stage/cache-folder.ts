/** The folder in which prepared files are kept between runs: ours, and writable by nobody else, or it is not used. */
import { access, chmod, constants, lstat, mkdir, readFile, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { refusalWords, UnusableFolder } from './unusable-folder.ts';

/** What whoever is at the keyboard can do: root's folder is always the same, since another user's must never become it. */
export const toDoAbout = (folder: string, uid = process.geteuid?.()): string =>
  uid === 0
    ? `Make it a folder of root's that root alone may write to, with some 100 MB free, or run gradmark as an ordinary user.`
    : `Mend ${folder}, or set XDG_CACHE_HOME to a folder of your own with some 100 MB free.`;

/** Where the folder may be, best first. Root's must be reachable by the unprivileged user that the sandbox runs as. */
export function cacheCandidates(uid = process.geteuid?.() ?? -1): string[] {
  if (uid === 0) return ['/var/cache/gradmark'];
  const places = [
    join(process.env['XDG_CACHE_HOME'] ?? '', 'gradmark'),
    join(homeFolder(), '.cache', 'gradmark'),
    join(tmpdir(), `gradmark-${uid}`),
  ];
  // From a path that begins nowhere, each folder that somebody stands in would get one of its own.
  return places.filter(isAbsolute);
}

/** Empty for whom the machine knows no folder: a container may be started as a user that nobody has entered there. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

/**
 * Makes (if need be) and returns the first candidate that we, and nobody else, can write to; where there is none, the first that
 * is ours and read-only, since what it needs may lie in it. Throws with the reason for each otherwise.
 */
export async function cacheFolder(candidates = cacheCandidates()): Promise<string> {
  const reasons: string[] = [];
  const readable: string[] = [];
  const places = candidates.map((path) => resolve(path));
  for (const place of places) {
    const reason = await makeOwn(place);
    if (reason !== undefined) reasons.push(`${place}: ${reason}`);
    else if (await isWritable(place)) return place;
    else readable.push(place);
  }
  const [first] = readable;
  if (first !== undefined) return first;
  throw new UnusableFolder(
    `No folder for the sandbox's files could be made. ${reasons.join('; ')}. ${toDoAbout(places[0] ?? '')}`,
  );
}

const isWritable = (path: string) =>
  access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );

/** Why a file or folder must not be trusted, or undefined: it is a link, another user's, or writable by others. */
export async function distrust(path: string, kind: 'file' | 'folder'): Promise<string | undefined> {
  return distrustOf(await lstat(path).catch(() => undefined), kind);
}

/** The same of what is known already of a file or folder. */
export function distrustOf(info: Stats | undefined, kind: 'file' | 'folder'): string | undefined {
  if (!info) return 'does not exist';
  if (kind === 'folder' ? !info.isDirectory() : !info.isFile()) return `is not a ${kind} of its own`;
  if (process.platform === 'win32') return undefined;
  if (info.uid !== process.geteuid?.()) return `belongs to user ${info.uid}`;
  if ((info.mode & 0o022) !== 0) return 'can be written to by other users';
  return undefined;
}

async function makeOwn(path: string): Promise<string | undefined> {
  try {
    await makeAll(dirname(path));
    const loose = await looseAncestor(dirname(path));
    if (loose) return `other users can replace it, because they may write to ${loose}`;
    // Not recursive: a folder that is already there must pass the same questions, and must not be given our permissions first.
    const made = await mkdir(path, { mode: 0o755 }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    // The umask may have taken away what the sandbox's user needs.
    if (made) await chmod(path, 0o755);
    return await distrust(path, 'folder');
  } catch (error) {
    const { message } = error as Error;
    return refusalWords(error as NodeJS.ErrnoException) ?? message;
  }
}

/** Folder by folder: Node's own recursion never ends where the kernel says ENOENT to making a folder in one that is there (/proc). */
async function makeAll(path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) return;
  if (dirname(path) !== path) await makeAll(dirname(path));
  await mkdir(path).catch(async (error: NodeJS.ErrnoException) => {
    // Another grader may have been faster.
    if (error.code !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  });
}

/** The nearest folder above in which somebody else could rename ours away and put theirs in its place. */
async function looseAncestor(path: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  const { uid, mode } = await lstat(path);
  const sticky = (mode & 0o1000) !== 0;
  if (![0, process.geteuid?.(), await unmappedRoot()].includes(uid) || ((mode & 0o002) !== 0 && !sticky)) return path;
  return dirname(path) === path ? undefined : looseAncestor(dirname(path));
}

/** How the machine's root appears inside a user namespace that does not map it; undefined outside of one. */
async function unmappedRoot(): Promise<number | undefined> {
  const map = await readFile('/proc/self/uid_map', 'latin1').catch(() => '');
  return /^\s*0\s+0\s/m.test(map) || map === '' ? undefined : 65534;
}
