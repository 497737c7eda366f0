/** Which files of a folder have changed since they were last looked at, however an editor saves them. */
import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isLeftover } from '../intake/path-rules.ts';

/** What identifies the content of each file, by path. */
type Snapshot = ReadonlyMap<string, string>;

/** Every file below the folder but what tools leave behind; a file that vanishes meanwhile is not there. */
export async function snapshotOf(folder: string): Promise<Snapshot> {
  const found = new Map<string, string>();
  const waiting = [''];
  for (let prefix = waiting.pop(); prefix !== undefined; prefix = waiting.pop()) {
    const items = await readdir(join(folder, prefix), { withFileTypes: true }).catch(() => []);
    for (const item of items) {
      const path = join(prefix, item.name);
      if (isLeftover(item.name) || isDraft(item.name)) continue;
      if (item.isDirectory()) waiting.push(path);
      if (!item.isFile()) continue;
      const seen = await stat(join(folder, path), { bigint: true }).catch(() => undefined);
      // An editor that writes a new file and renames it keeps neither time nor number of the old one.
      if (seen !== undefined) found.set(path, `${seen.size} ${seen.mtimeNs} ${seen.ino}`);
    }
  }
  return found;
}

/** What editors keep beside a file while it is open (swap files, backups, locks), and what is written down of a run. */
const isDraft = (name: string): boolean => /^\.|~$|\.sw[a-p]$|\.tmp$|\.log$|^4913$|^#.*#$|___jb_/.test(name);

/** The paths that were added, removed or written since. */
export const changedSince = (before: Snapshot, now: Snapshot): string[] =>
  [...new Set([...before.keys(), ...now.keys()])].filter((path) => before.get(path) !== now.get(path)).sort();

/** How long to wait after a sign of a change: editors write in several steps. */
const SETTLE_MS = 60;
/** Where the file system gives no sign, as on some network drives, it is looked at so often. */
const LOOK_MS = 1000;

/**
 * Calls `onChange` with the paths that changed in a folder, or with that of the one file, until it is closed. Signs of the file
 * system only say that something may have changed: what did is told by comparing, so that no way of saving is missed and none
 * counts twice.
 */
export async function watchFiles(path: string, onChange: (paths: string[]) => void): Promise<{ close(): void }> {
  // A file is watched in its folder: who saves it may put another one in its place.
  const isFolder = (await stat(path)).isDirectory();
  const folder = isFolder ? path : dirname(resolve(path));
  const isMeant = (changed: string) => isFolder || changed === basename(path);
  let before = await snapshotOf(folder);
  let settling: NodeJS.Timeout | undefined;
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    const now = await snapshotOf(folder);
    const changed = changedSince(before, now).filter(isMeant);
    before = now;
    isLooking = false;
    if (changed.length > 0) onChange(changed);
  };
  const soon = () => {
    clearTimeout(settling);
    settling = setTimeout(() => void look(), SETTLE_MS);
  };
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(folder, { recursive: isFolder }, soon);
    watcher.on('error', () => watcher?.close());
  } catch {
    // Looking now and then is enough where nothing can be watched.
  }
  const looking = setInterval(() => void look(), LOOK_MS);
  return {
    close: () => {
      clearTimeout(settling);
      clearInterval(looking);
      watcher?.close();
    },
  };
}
