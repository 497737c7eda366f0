/** Decides what lies at a path: one submission, a folder of them, or an archive of either. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { readPlainFile } from '../plain-file.ts';
import type { Entry } from './entry.ts';
import { IntakeError, Unacceptable } from './entry.ts';
import { foldersWithWork, modulesAt, workAt } from './find-root.ts';
import { attemptsIn, looksFlat } from './flat-export.ts';
import { hiddenWork, isHiddenClass, mayBeWork, toldOfPassedOver } from './hidden-work.ts';
import type { IntakeLimits } from './limits.ts';
import { sizeInWords } from './limits.ts';
import { listArchive, listOneArchive, ofSomebody, refuseBomb } from './list-archive.ts';
import { entryOf } from './list-folder.ts';
import { isArchive, isZip, noZip, pathFault } from './path-rules.ts';
import { isMetadata, readMetadata } from './platforms/gradescope.ts';
import type { Owner } from './platforms/owned.ts';
import { ownerByName, ownerOfFile, ownerOfFolder } from './platforms/owner.ts';
import { toldOfShared } from './shared-files.ts';
import { withoutSupport } from './support-folders.ts';
import type { Tree } from './tree.ts';
import {
  everything,
  isNoLeftover,
  listed,
  pathsIn,
  together,
  treeOfEntries,
  treeOfFolder,
  withoutLeftovers,
} from './tree.ts';
import type { Vocabulary } from './vocabulary.ts';
import { isLoneProgram } from './vocabulary.ts';
import { isCalledClass, isClassOfOne, isSrcSomebodys, wrappedClass, wrappers } from './wrapped-class.ts';

/** One submission that was found but not read yet. */
export interface Find {
  name: string;
  owner: Owner;
  where: 'folder' | 'archive';
  /** A sentence for staff, where files of it are those of others as well. */
  shared?: string;
  /** One more where, beside it, something lies in a class that is nobody's work. */
  beside?: string;
  /** Its files, or Unacceptable. */
  list(): Promise<readonly Entry[]>;
}

/** The submissions at a path that a person named; throws IntakeError, saying what was looked for, when there are none. */
export async function findSubmissions(path: string, vocabulary: Vocabulary, limits: IntakeLimits): Promise<Find[]> {
  const real = await realpath(path).catch((error: unknown) => throwUnread(path, error));
  const there = await stat(real);
  const name = basename(resolve(path));
  if (there.isDirectory()) {
    const tree = await treeOfFolder(real, name, vocabulary, limits).catch((error: unknown) => throwUnread(path, error));
    return findInTree(path, await opened(tree, vocabulary), vocabulary, limits);
  }
  // A notebook is a whole submission, whatever lies beside it, and so is a program of Python.
  if (there.isFile() && vocabulary.whole !== undefined && /\.(ipynb|py)$/i.test(name)) {
    const seen = await stat(real, { bigint: true });
    const only = { ...entryOf(dirname(real), basename(real), seen), path: name };
    return [{ name, owner: ownerByName(name), where: 'folder', list: async () => [only] }];
  }
  if (!there.isFile() || !isZip(path)) {
    throw new IntakeError(
      `${path} is neither a folder nor a .zip: give a submission, a folder of submissions or a .zip.`,
    );
  }
  if (there.size > limits.classBytes) {
    throw new IntakeError(
      `${path} is ${sizeInWords(there.size)} (at most ${sizeInWords(limits.classBytes)}): unpack it and give the folder.`,
    );
  }
  return findInArchive(path, name, await readPlainFile(real), vocabulary, limits);
}

/** What a person named and the system does not open: they can mend it. */
function throwUnread(path: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  throw new IntakeError(`${path} cannot be read (${code}): give a submission, a folder of submissions or a .zip.`);
}

async function findInArchive(
  path: string,
  name: string,
  zip: Buffer,
  vocabulary: Vocabulary,
  limits: IntakeLimits,
): Promise<Find[]> {
  const one = (list: Find['list']): Find[] => [{ name, owner: ownerOfArchive(name), where: 'archive', list }];
  let entries: Entry[];
  try {
    entries = await listArchive(zip, limits, ofSomebody);
  } catch (error) {
    return one(() => Promise.reject(error));
  }
  const own = entries.filter(isNoLeftover);
  const findIn = async (some: readonly Entry[]): Promise<Find[]> =>
    findInTree(path, await opened(treeOfEntries(name, some), vocabulary), vocabulary, limits);
  // Whose archive holds a path that leads out gets nothing of it read; in what is surely a class that is whoever's the path is.
  const trusted = entries.filter((entry) => pathFault(entry.path) === undefined);
  if (trusted.length < entries.length && !isSurelyClass(name, await findIn(trusted), vocabulary))
    return one(async () => own);
  const finds = await findIn(entries);
  if (finds.length !== 1 || finds[0]!.where === 'folder') return finds;
  return finds[0]!.name === name ? one(async () => ofOneArchive(name, zip.length, own, limits)) : finds;
}

const isSurelyClass = (name: string, finds: readonly Find[], { slug }: Vocabulary): boolean =>
  finds.length > 1 && (isCalledClass(name, slug) || finds.every(({ owner }) => owner.origin.platform !== 'folder'));

function refuseLarge(name: string, bytes: number, limits: IntakeLimits): void {
  if (bytes <= limits.archiveBytes) return;
  throw new Unacceptable(
    `${name} is ${sizeInWords(bytes)} (at most ${sizeInWords(limits.archiveBytes)}): leave out node_modules, data and pictures.`,
  );
}

function ofOneArchive(name: string, bytes: number, entries: Entry[], limits: IntakeLimits): Entry[] {
  refuseLarge(name, bytes, limits);
  refuseBomb(entries, bytes, limits);
  return entries;
}

async function opened(found: Tree, vocabulary: Vocabulary): Promise<Tree> {
  const tree = withoutLeftovers(found, vocabulary);
  const inner = await wrappedClass(tree, vocabulary);
  return inner === undefined ? tree : { ...inner, hidden: together(inner.hidden, tree.hidden) };
}

async function findInTree(path: string, whole: Tree, vocabulary: Vocabulary, limits: IntakeLimits): Promise<Find[]> {
  const owner = whole.where === 'archive' ? ownerOfArchive(whole.name) : ownerOfFound(whole, whole.name);
  const one: Find = { name: whole.name, owner, where: whole.where, list: async () => everything(whole) };
  const tree = withoutSupport(whole, vocabulary);
  const paths = [
    ...tree.files.map((file) => file.path),
    ...[...whole.folders].flatMap(([name, inside]) => pathsIn(name, inside)),
  ];
  const named = foldersWithWork(paths, vocabulary);
  const students = await attemptsIn(tree.files, vocabulary);
  const isSrcOne = isSrcSomebodys(tree, vocabulary);
  // What a platform wrote a person in front of is that person's, and so is a folder `src` among others.
  const isPersons = (path: string) =>
    path.includes('/')
      ? isSrcOne && path.startsWith('src/')
      : students !== undefined && ownerOfFile(path) !== undefined;
  const top = paths.filter((path) => !isPersons(path));
  const isNamed = named.size > 0 || workAt(top, 0, vocabulary).length > 0;
  const children = isNamed ? named : foldersWithLoneProgram(tree, vocabulary);
  const archives = tree.files.filter((file) => isArchive(file.path));
  const hidden = await hiddenWork(whole.hidden);
  const isHidden = whole.files.length + whole.folders.size === 0 && isHiddenClass(hidden, whole.name, vocabulary);
  const isOne =
    modulesAt(top, 0, vocabulary).length > 0 ||
    (!isNamed && tree.folders.size === 0 && isLoneProgram(top, vocabulary)) ||
    (workAt(top, 0, vocabulary).length > 0 && children.size < 2) ||
    (paths.length === 0 && whole.folders.size === 0 && !isHidden);
  if (!isOne && students !== undefined) {
    const flat = students.map(({ owner, files }): Find => {
      return { name: owner.origin.handedInAs, owner, where: 'folder', list: async () => files };
    });
    const owned = tree.files.filter(({ path }) => ownerOfFile(path) !== undefined);
    const others = hidden.files.map((entry) => ofFile('archive', entry, limits));
    return told(whole, [...flat, ...others, ...(await ofFolders(together(tree, hidden)))], owned);
  }
  // A folder that a platform named is somebody's, also where it is the only one or holds nothing but typed text.
  const isExport = [...tree.folders.keys()].some((name) => ownerOfFolder(name) !== undefined);
  if (isOne || (!isExport && isWrapped(tree, children, archives, vocabulary))) return [one];
  if (!isExport && children.size === 0 && archives.length + hidden.files.length === 0 && !isHidden) {
    const packed = foldersWithArchive(tree);
    const isUnlisted = [...tree.folders.values()].some((inside) => inside instanceof Unacceptable);
    if (isUnlisted || packed > (tree.where === 'archive' ? 1 : 0)) return ofFolders(tree);
    if (tree.where === 'archive') return [one];
    const named = [...vocabulary.named].join(', ');
    if (looksFlat(tree.files, vocabulary)) {
      throw new IntakeError(
        `${path} holds files of several students, but not clearly whose: make a folder or a .zip for each student.`,
      );
    }
    throw new IntakeError(
      `${path} holds no submission to ${vocabulary.slug}: looked for ${named} in it, in src/, in its folders and for .zip archives.`,
    );
  }
  // One folder with work may be somebody's whole work, and what is hidden beside it a tool's of which nobody here has heard.
  const isCrowd = isHidden || isExport || children.size + archives.length > 1;
  const all = together(tree, isCrowd ? hidden : { ...hidden, folders: new Map() });
  const files = all.files.filter(mayBeWork);
  return told(whole, [
    ...(await ofFolders(all)),
    ...files.map((entry) => ofFile(isArchive(entry.path) ? 'archive' : 'folder', entry, limits)),
  ]);
}

/** A class in the order of names; the first of it says what lies there beside it, and beside the files `owned` by somebody. */
function told(whole: Tree, found: readonly Find[], owned: readonly Entry[] = []): Find[] {
  const [first, ...others] = apart(found);
  if (first === undefined) return [];
  const names = new Set([...found.map(({ name }) => name), ...owned.map(({ path, spelt = path }) => spelt)]);
  const beside = toldOfPassedOver(whole, names);
  return [{ ...first, ...(beside !== undefined && { beside }) }, ...others];
}

/** Where no file is named as the sheet names it, the folders that hold one program each, which stands for all files. */
function foldersWithLoneProgram(tree: Tree, vocabulary: Vocabulary): Set<string> {
  const isProgram = ({ path }: Entry) => /\.(py|ipynb)$/i.test(path);
  if (tree.files.some(isProgram)) return new Set();
  const folders = [...tree.folders].filter(([name, inside]) => isLoneProgram(pathsIn(name, inside), vocabulary));
  return new Set(folders.map(([name]) => name));
}

/**
 * In the order of names. Two folders whose names differ in nothing but how a letter is written, in one character or in two, are two
 * people: the one in the usual form is called as ever, the other by what its name really is.
 */
function apart(finds: readonly Find[]): Find[] {
  const forms = new Map<string, Set<string>>();
  for (const { name } of finds) {
    const usual = name.normalize('NFC');
    forms.set(usual, (forms.get(usual) ?? new Set()).add(name));
  }
  return finds
    .map((find) => {
      const { name, owner } = find;
      const usual = name.normalize('NFC');
      const isTwin = owner.origin.platform === 'folder' && name !== usual && forms.get(usual)!.size > 1;
      return isTwin ? { ...find, owner: { ...owner, distinct: name } } : find;
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function ofFolders(tree: Tree): Promise<Find[]> {
  const metadata = tree.files.find(({ path }) => isMetadata(path));
  const told = metadata === undefined ? undefined : await readMetadata(metadata);
  return [...tree.folders].map(([name, inside]) => {
    const owner = told?.get(name.normalize('NFC')) ?? ownerOfFound(tree, name);
    const shared = inside instanceof Unacceptable ? undefined : toldOfShared(inside);
    return { name, owner, where: 'folder', ...(shared && { shared }), list: listing(inside) };
  });
}

/** By itself: made beside the tree, it would hold all of it for as long as one submission waits. */
const listing = (inside: readonly Entry[] | Unacceptable) => async () => listed(inside);

function ofFile(where: Find['where'], lies: Entry, limits: IntakeLimits): Find {
  // At the top of a class a name says whose it is and leads nowhere, whatever stands in it.
  const { aside, ...rest } = lies;
  const entry = aside === undefined || aside === pathFault(lies.path) ? rest : lies;
  const owner = ownerOfArchive(entry.path);
  const shared = toldOfShared([entry]);
  return {
    name: entry.spelt ?? entry.path,
    owner,
    where,
    ...(shared && { shared }),
    list: () => openChild(entry, limits),
  };
}

/** Whose a folder is; a clone's author is whoever the clone says, so that the name of the folder counts there too. */
function ownerOfFound({ repositories }: Tree, name: string): Owner {
  const { origin, ...owner } = ownerOfFolder(name) ?? ownerByName(name);
  const isClone = origin.platform === 'folder' && repositories.has(name);
  return { ...owner, origin: isClone ? { ...origin, platform: 'git' } : origin };
}

const ownerOfArchive = (name: string): Owner =>
  ownerOfFile(name) ?? ownerOfFolder(name.replace(/\.zip$/i, '')) ?? ownerByName(name);

/** How many folders hold an archive: a class in which everybody handed in a .zip has them in a folder each. */
const foldersWithArchive = (tree: Tree): number =>
  [...tree.folders.values()].filter(
    (inside) => !(inside instanceof Unacceptable) && inside.some(({ path }) => isZip(path) && !path.includes('/')),
  ).length;

/** One folder or archive inside and nothing else: an archive wraps its content like that, a class of one looks the same. */
function isWrapped(
  tree: Tree,
  children: ReadonlySet<string>,
  archives: readonly Entry[],
  vocabulary: Vocabulary,
): boolean {
  if (tree.folders.size + archives.length !== 1) return false;
  const [only] = children;
  if (tree.where === 'archive') return only === undefined || !isClassOfOne(tree.name, only, vocabulary.slug);
  return only !== undefined && (wrappers.has(only.toLowerCase()) || only === vocabulary.slug);
}

async function openChild(entry: Entry, limits: IntakeLimits): Promise<Entry[]> {
  if (entry.fault !== undefined) throw new Unacceptable(entry.fault);
  if (entry.aside !== undefined) throw new Unacceptable(`${entry.path} ${entry.aside}.`);
  if (!isZip(entry.path)) throw new Unacceptable(noZip(entry.path));
  refuseLarge(entry.path, entry.bytes, limits);
  return listOneArchive(await entry.read(limits.archiveBytes), limits);
}
