/** A class that somebody packed together with the folder around it: `class/anna`, `class/ben`. */
import type { Tree } from './tree.ts';
import { pathsIn, treeOfEntries } from './tree.ts';
import { Unacceptable } from './entry.ts';
import { depthOf, workAt } from './find-root.ts';
import { attemptsIn } from './flat-export.ts';
import { isMetadata } from './platforms/gradescope.ts';
import { ownerOfFolder } from './platforms/owner.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Folders that hold one student's work, not one student's name. */
export const wrappers: ReadonlySet<string> = new Set(['src', 'starter', 'submission', 'solution', 'code', 'work']);

/** Folders that hold another state of the same work. */
const states = /^(v(ersion)?[ ._-]?\d*|\d{1,2}|old|new|backup|copy|final|draft|fixed|dist|build|out|test|tests)$/i;

/** What an archive of a class is called, of one or of many; a student's own is called after the student, or after the work. */
const classes =
  /^(my )?(class(es)?|course|sections?|groups?|students|submissions|hand ?ins|handed ?in|exports?|(mon|tues|wednes|thurs|fri|satur|sun)day)( ?\w{1,8})?$/;
const works = /^(hw|homework|assignment|coursework|exercises?|ex|task|lab|project|part|questions?|q|a)? ?\d*$/;
const words = (name: string): string =>
  name
    .replace(/\.zip$/i, '')
    .toLowerCase()
    .replaceAll(/[ ._-]+/g, ' ')
    .trim();

/** Whether the only folder of an archive is a student's, since the archive is called as a class or a coursework is. */
export const isClassOfOne = (archive: string, folder: string, slug: string): boolean =>
  (classes.test(words(archive)) || words(archive) === words(slug)) &&
  !wrappers.has(folder.toLowerCase()) &&
  ![states, works, classes].some((other) => other.test(words(folder))) &&
  words(folder) !== words(slug);

/**
 * The class inside of the only folder of a tree; undefined unless a platform named what is in there, or every folder in there
 * holds work, under a name that may be a student's, and none holds files of the assignment that nobody else has: a student who
 * made a folder for each question has.
 */
export async function wrappedClass(tree: Tree, vocabulary: Vocabulary): Promise<Tree | undefined> {
  const [[, inside] = [], ...others] = [...tree.folders];
  if (inside === undefined || inside instanceof Unacceptable || others.length > 0 || tree.files.length > 0) {
    return undefined;
  }
  const inner: Tree = { ...treeOfEntries(tree.name, inside), where: tree.where };
  const names = [...inner.folders.keys()];
  if (await isExport(inner, vocabulary)) return inner;
  if (names.length < 2 || names.some((name) => wrappers.has(name.toLowerCase()) || states.test(name))) return undefined;
  const own = names.map((name) => workOf(pathsIn(name, inner.folders.get(name)!), vocabulary));
  const isShared = (files: ReadonlySet<string>) =>
    own.some((other) => other !== files && [...files].some((file) => other.has(file)));
  const hasNone =
    workAt(
      inner.files.map(({ path }) => path),
      0,
      vocabulary,
    ).length === 0;
  return hasNone && own.every(isShared) ? inner : undefined;
}

/** Names that only a platform writes, of every folder or in front of the files. */
async function isExport({ files, folders }: Tree, vocabulary: Vocabulary): Promise<boolean> {
  const names = [...folders.keys()];
  if (names.length === 0) return (await attemptsIn(files, vocabulary)) !== undefined;
  const isGradescope =
    files.some(({ path }) => isMetadata(path)) && names.every((name) => /^submission_\d+$/.test(name));
  return isGradescope || names.every((name) => ownerOfFolder(name) !== undefined);
}

/** The files of the assignment in one folder, by their names below it; empty where it holds none. */
function workOf(paths: readonly string[], vocabulary: Vocabulary): ReadonlySet<string> {
  const found = new Set<string>();
  for (let depth = 1; depth < depthOf(paths); depth++) {
    for (const path of paths) {
      const [folder] = workAt([path], depth, vocabulary);
      if (folder !== undefined) found.add(path.slice(folder.length).replace(/^src\//, ''));
    }
  }
  return found;
}
