/** A class that somebody packed together with the folder around it: `class/anna`, `class/ben`. */
import type { Tree } from './tree.ts';
import { pathsIn, withoutLeftovers } from './tree.ts';
import { Unacceptable, type Entry } from './entry.ts';
import { depthOf, foldersOfPeople, modulesAt, workAt } from './find-root.ts';
import { attemptsIn } from './flat-export.ts';
import { isArchive } from './path-rules.ts';
import { isMetadata } from './platforms/gradescope.ts';
import { ownerOfFolder } from './platforms/owner.ts';
import { isSupport } from './support-folders.ts';
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
  isCalledClass(archive, slug) &&
  !wrappers.has(folder.toLowerCase()) &&
  ![states, works, classes].some((other) => other.test(words(folder))) &&
  words(folder) !== words(slug);

/**
 * The class inside of the only folder of a tree; undefined unless a platform named what is in there, or every folder in there
 * holds work, under a name that may be a student's, and none holds files of the assignment that nobody else has: a student who
 * made a folder for each question has. Where the name of it all says that it is a class, two such folders are enough: what else
 * somebody hands in there, under whatever name, costs nobody. Archives of several people are a class as well.
 */
export async function wrappedClass(tree: Tree, vocabulary: Vocabulary): Promise<Tree | undefined> {
  const [[only] = [], ...others] = [...tree.folders];
  if (only === undefined || others.length > 0 || tree.files.length > 0) return undefined;
  const below = await tree.below(only).catch(() => undefined);
  if (below === undefined) return undefined;
  const inner = withoutLeftovers(below, vocabulary);
  const names = [...inner.folders.keys()];
  if (await isExport(inner, vocabulary)) return inner;
  const hasNone =
    workAt(
      inner.files.map(({ path }) => path),
      0,
      vocabulary,
    ).length === 0;
  if (!hasNone) return undefined;
  const own = new Map(names.map((name) => [name, workOf(pathsIn(name, inner.folders.get(name)!), vocabulary)]));
  const isCalled = [tree.name, only].some((name) => isCalledClass(name, vocabulary.slug));
  if (areOfPeople(inner.files, isCalled) && names.every((name) => own.get(name)!.size > 0)) return inner;
  if (names.length < 2) return undefined;
  const isPerson = (name: string) => !wrappers.has(name.toLowerCase()) && !states.test(name) && isShared(name, own);
  const people = names.filter(isPerson);
  // What cannot be listed may be anybody's.
  const seen = names.filter((name) => !(inner.folders.get(name) instanceof Unacceptable));
  const isClass = people.length === seen.length || isCalledClass(tree.name, vocabulary.slug);
  return people.length > 1 && isClass ? inner : undefined;
}

/**
 * Whether `src` is called after a student: it lies beside the folders of several, under names that may be theirs, in which a file lies
 * that lies in it, too.
 */
export function isSrcSomebodys({ files, folders }: Tree, vocabulary: Vocabulary): boolean {
  const src = folders.get('src');
  const top = files.map(({ path }) => path);
  if (src === undefined || modulesAt(top, 0, vocabulary).length > 0) return false;
  const paths = [...folders].flatMap(([name, inside]) => pathsIn(name, inside));
  const own = new Map(
    foldersOfPeople(paths, vocabulary)
      .filter((name) => name === 'src' || !(wrappers.has(name.toLowerCase()) || states.test(name) || isSupport(name)))
      .map((name) => [name, workOf(pathsIn(name, folders.get(name)!), vocabulary)]),
  );
  const like = [...own].filter(([name, work]) => name !== 'src' && [...work].some((file) => own.get('src')?.has(file)));
  return like.length > 1;
}

/** Whether the archives among files are those of several people: of one they would be called after parts or states of the work. */
const areOfPeople = (files: readonly Entry[], isClass: boolean): boolean => {
  const archives = files.filter(({ path }) => isArchive(path));
  const isPart = ({ path }: Entry) => [states, works].some((other) => other.test(words(path)));
  return archives.length > 1 && (isClass || !archives.some(isPart));
};

/** Whether others hold one of the files that one folder holds. */
const isShared = (name: string, own: ReadonlyMap<string, ReadonlySet<string>>): boolean =>
  [...own].some(([other, files]) => other !== name && [...own.get(name)!].some((file) => files.has(file)));

/** Whether what holds it all is called as a class or as the coursework is. */
export const isCalledClass = (name: string, slug: string): boolean =>
  classes.test(words(name)) || words(name) === words(slug);

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
