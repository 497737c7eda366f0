/** What lies in a folder or archive, one level deep: the ground on which submissions are found. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from './entry.ts';
import { IntakeError, Unacceptable } from './entry.ts';
import type { IntakeLimits } from './limits.ts';
import { foldersOfPeople } from './find-root.ts';
import { contentsBelow, entryOf, listFolder, ownerOf } from './list-folder.ts';
import { isArchive, isLeftover, isOfTools, pathFault } from './path-rules.ts';
import { ownerOfFile } from './platforms/owner.ts';
import { settleShared } from './shared-files.ts';
import type { Vocabulary } from './vocabulary.ts';
import { isTelling } from './vocabulary.ts';
import { inFolder } from './without-links.ts';

/** What lies directly in a folder or archive: files, and folders with all that is in them (or why they cannot be listed). */
export interface Tree {
  name: string;
  where: 'folder' | 'archive';
  files: Entry[];
  folders: Map<string, readonly Entry[] | Unacceptable>;
  /** What is called like something that tools leave behind: in a class it may be somebody's all the same. */
  hidden: Pick<Tree, 'files' | 'folders'>;
  /** Which of the folders, or whether the tree itself by its own name, are clones of git. */
  repositories: ReadonlySet<string>;
  /** The tree of one of the folders, under the name of this one. */
  below(folder: string): Promise<Tree>;
}

/** The tree of a folder (or of the folder `inside` of it); what cannot be listed in it is kept as the reason. */
export async function treeOfFolder(
  path: string,
  name: string,
  vocabulary: Vocabulary,
  limits: IntakeLimits,
  inside = '',
): Promise<Tree> {
  const repositories = new Set<string>();
  const below = (folder: string) => treeOfFolder(path, name, vocabulary, limits, `${inside}${folder}/`);
  const tree: Tree = { name, where: 'folder', files: [], folders: new Map(), hidden: nothing(), repositories, below };
  if (await isClone(path, inside)) repositories.add(name);
  const contents = await contentsBelow(path, inside, limits.listed + 1, nowhere);
  if (contents.length > limits.listed) {
    throw new IntakeError(
      `${join(path, inside)} holds more than ${limits.listed} files and folders: give it in parts, all of them at once.`,
    );
  }
  const staff = await ownerOf(path, inside);
  for (const { name, isFolder, stat } of contents) {
    if (!isFolder) {
      tree.files.push(entryOf(path, name, stat, inside, { owner: staff, staff }));
      continue;
    }
    const folder = `${inside}${name}/`;
    // What a package manager left is not gone through to learn that it is nobody's.
    if (isLeftover(name) && isOfTools(name) && !(await holdsWork(path, folder, vocabulary, limits))) {
      tree.hidden.folders.set(name, []);
      continue;
    }
    const listed = listFolder(path, limits, folder, staff).catch((error: unknown) => {
      if (error instanceof Unacceptable) return error;
      throw error;
    });
    tree.folders.set(name, await listed);
    if (await isClone(path, folder)) repositories.add(name);
  }
  const inFolders = [...tree.folders].map(
    ([name, inside]) => [name, inside instanceof Unacceptable ? [] : inside] as const,
  );
  settleShared(new Map([['', tree.files], ...inFolders]));
  return tree;
}

/** What lies in a tree, with what else lies there. */
export const together = <T extends Tree['hidden']>(tree: T, { files, folders }: Tree['hidden']): T => ({
  ...tree,
  files: [...tree.files, ...files],
  folders: new Map([...tree.folders, ...folders]),
});

const nothing = (): Tree['hidden'] => ({ files: [], folders: new Map() });
const nowhere = () => false;

const holdsWork = (path: string, folder: string, vocabulary: Vocabulary, limits: IntakeLimits): Promise<boolean> =>
  contentsBelow(path, folder, limits.listed).then(
    (contents) => contents.some(({ name, isFolder }) => !isFolder && isTelling(name, vocabulary)),
    () => false,
  );

/**
 * The tree with what tools leave behind set aside. A folder that is called like such is somebody's where work lies in it directly,
 * beside the folders or archives of several people.
 */
export function withoutLeftovers(tree: Tree, vocabulary: Vocabulary): Tree {
  const folders = new Map<string, readonly Entry[] | Unacceptable>();
  for (const [name, inside] of tree.folders) {
    const own = inside instanceof Unacceptable ? inside : inside.filter(isNoLeftover);
    if (own instanceof Unacceptable || own.length > 0 || tree.where === 'folder') folders.set(name, own);
  }
  const people = foldersOfPeople(
    [...folders].flatMap(([name, inside]) => pathsIn(name, inside)),
    vocabulary,
  );
  const isSomebodys = (entry: Entry) => isNoLeftover(entry) || isOfPlatform(entry);
  const files = tree.files.filter(isSomebodys);
  const crowd = people.filter((name) => !isLeftover(name)).length + files.filter(({ path }) => isArchive(path)).length;
  const hidden = new Map(tree.hidden.folders);
  for (const [name, inside] of folders) {
    if (!isLeftover(name) || (crowd > 1 && people.includes(name))) continue;
    folders.delete(name);
    hidden.set(name, inside);
  }
  const left = tree.files.filter((entry) => !isSomebodys(entry));
  return { ...tree, files, folders, hidden: { files: left, folders: hidden } };
}

/** What a platform called after whoever handed it in is that person's, whose name may begin with a dot; `._` is macOS's. */
const isOfPlatform = ({ path }: Entry): boolean => !path.startsWith('._') && ownerOfFile(path) !== undefined;

/** A path that must not be trusted is no leftover: it is told. */
export const isNoLeftover = ({ path }: Entry): boolean => pathFault(path) !== undefined || !isLeftover(path);

/** Whether there is a folder `.git`; nothing in it is read, since whoever made it may have written anything. */
const isClone = (root: string, folder: string): Promise<boolean> =>
  inFolder(root, folder, async (name) => (await lstat(join(name, '.git'))).isDirectory()).catch(() => false);

/** The tree of an archive's entries. */
export function treeOfEntries(name: string, entries: readonly Entry[]): Tree {
  const below = async (folder: string) => treeOfEntries(name, listed(tree.folders.get(folder) ?? []));
  const tree: Tree = {
    name,
    where: 'archive',
    files: [],
    folders: new Map(),
    hidden: nothing(),
    repositories: new Set(),
    below,
  };
  for (const entry of entries) {
    const slash = entry.path.indexOf('/');
    if (slash < 0) {
      tree.files.push(entry);
      continue;
    }
    const { spelt = entry.path, ...rest } = entry;
    const [folder, below] = [spelt.slice(0, spelt.indexOf('/')), spelt.slice(spelt.indexOf('/') + 1)];
    const inside = (tree.folders.get(folder) ?? []) as Entry[];
    const path = entry.path.slice(slash + 1);
    inside.push({ ...rest, path, ...(below !== path && { spelt: below }) });
    tree.folders.set(folder, inside);
  }
  return tree;
}

/** The paths of what lies in one folder of a tree, from the top of the tree. */
export function pathsIn(folder: string, inside: readonly Entry[] | Unacceptable): string[] {
  return inside instanceof Unacceptable ? [] : inside.map((entry) => `${folder}/${entry.path}`);
}

/** Every file of a tree, with its path from the top in the usual spelling. */
export function everything(tree: Tree): Entry[] {
  const inFolders = [...tree.folders].flatMap(([name, inside]) =>
    listed(inside).map((entry) => ({ ...entry, path: `${name}/${entry.path}`.normalize('NFC') })),
  );
  return [...tree.files, ...inFolders];
}

/** The files of a folder of a tree; throws the reason why it has none to show. */
export function listed(inside: readonly Entry[] | Unacceptable): readonly Entry[] {
  if (inside instanceof Unacceptable) throw inside;
  return inside;
}
