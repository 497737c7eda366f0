/** What lies in a folder or archive, one level deep: the ground on which submissions are found. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from './entry.ts';
import { Unacceptable } from './entry.ts';
import type { IntakeLimits } from './limits.ts';
import { contentsBelow, entryOf, listFolder } from './list-folder.ts';
import { inFolder } from './without-links.ts';

/** What lies directly in a folder or archive: files, and folders with all that is in them (or why they cannot be listed). */
export interface Tree {
  name: string;
  where: 'folder' | 'archive';
  files: Entry[];
  folders: Map<string, readonly Entry[] | Unacceptable>;
  /** Which of the folders, or whether the tree itself by its own name, are clones of git. */
  repositories: ReadonlySet<string>;
}

/** The tree of a folder; what cannot be listed in it is kept as the reason. */
export async function treeOfFolder(path: string, name: string, limits: IntakeLimits): Promise<Tree> {
  const repositories = new Set<string>();
  const tree: Tree = { name, where: 'folder', files: [], folders: new Map(), repositories };
  if (await isClone(path, '')) repositories.add(name);
  for (const { name, isFolder, stat } of await contentsBelow(path, '', limits)) {
    if (!isFolder) {
      tree.files.push(entryOf(path, name, stat));
      continue;
    }
    const listed = listFolder(path, limits, `${name}/`).catch((error: unknown) => {
      if (error instanceof Unacceptable) return error;
      throw error;
    });
    tree.folders.set(name, await listed);
    if (await isClone(path, name)) repositories.add(name);
  }
  return tree;
}

/** Whether there is a folder `.git`; nothing in it is read, since whoever made it may have written anything. */
const isClone = (root: string, folder: string): Promise<boolean> =>
  inFolder(root, folder, async (name) => (await lstat(join(name, '.git'))).isDirectory()).catch(() => false);

/** The tree of an archive's entries. */
export function treeOfEntries(name: string, entries: readonly Entry[]): Tree {
  const tree: Tree = { name, where: 'archive', files: [], folders: new Map(), repositories: new Set() };
  for (const entry of entries) {
    const slash = entry.path.indexOf('/');
    if (slash < 0) {
      tree.files.push(entry);
      continue;
    }
    const folder = entry.path.slice(0, slash);
    const inside = (tree.folders.get(folder) ?? []) as Entry[];
    inside.push({ ...entry, path: entry.path.slice(slash + 1) });
    tree.folders.set(folder, inside);
  }
  return tree;
}

/** The paths of what lies in one folder of a tree, from the top of the tree. */
export function pathsIn(folder: string, inside: readonly Entry[] | Unacceptable): string[] {
  return inside instanceof Unacceptable ? [] : inside.map((entry) => `${folder}/${entry.path}`);
}

/** Every file of a tree, with its path from the top. */
export function everything(tree: Tree): Entry[] {
  const inFolders = [...tree.folders].flatMap(([name, inside]) =>
    listed(inside).map((entry) => ({ ...entry, path: `${name}/${entry.path}` })),
  );
  return [...tree.files, ...inFolders];
}

/** The files of a folder of a tree; throws the reason why it has none to show. */
export function listed(inside: readonly Entry[] | Unacceptable): readonly Entry[] {
  if (inside instanceof Unacceptable) throw inside;
  return inside;
}
