/** Finds where in a tree of files the work lies: nearest to the top, in `src/` or in the one folder that holds it, however deep. */
import { folderApart } from './path-rules.ts';
import type { Vocabulary } from './vocabulary.ts';
import { isTelling, standsFor } from './vocabulary.ts';

/** The folders (each `''` or ending in `/`) whose files make up the submission; earlier ones win. */
type Root = { layers: string[] } | { rivals: string[] };

type IsKind = (path: string) => boolean;

/**
 * The root nearest to the top; rivals when several folders at that depth hold work; undefined when none does. Of several
 * folders the one with programs is taken; data and built files are looked through only when there is nothing else.
 */
export function findRoot(paths: readonly string[], vocabulary: Vocabulary): Root | undefined {
  return rootAmong(ownOf(paths), vocabulary) ?? rootAmong(paths, vocabulary);
}

const ownOf = (paths: readonly string[]) => paths.filter((path) => folderApart(path) === undefined);

/** No work is read that lies deeper; a path may be of 300 folders. */
const deepest = 20;
const shallow = (paths: readonly string[]) => paths.filter((path) => path.split('/', deepest + 1).length <= deepest);

function rootAmong(all: readonly string[], vocabulary: Vocabulary): Root | undefined {
  const paths = shallow(all).filter(
    (path) => isTelling(path.slice(path.lastIndexOf('/') + 1), vocabulary) || isTelling(path, vocabulary),
  );
  for (let depth = 0; depth < depthOf(paths); depth++) {
    const found = workAt(paths, depth, vocabulary);
    if (found.length === 0) continue;
    const withPrograms = found.length > 1 ? modulesAt(paths, depth, vocabulary) : found;
    const [prefix, ...rivals] = withPrograms.length === 1 ? withPrograms : found;
    return rivals.length > 0 ? { rivals: found } : { layers: layersBelow(paths, prefix!, vocabulary) };
  }
  return undefined;
}

/** The folders at a depth (each `''` or ending in `/`) that hold, themselves or in their `src/`, a file of the assignment. */
export const workAt = (paths: readonly string[], depth: number, vocabulary: Vocabulary): string[] =>
  foldersWith(paths, depth, vocabulary, (path) => isTelling(path, vocabulary));

/** As `workAt`, for modules alone: notes beside folders of submissions make no submission. */
export const modulesAt = (paths: readonly string[], depth: number, vocabulary: Vocabulary): string[] =>
  foldersWith(paths, depth, vocabulary, (path) => vocabulary.modules.has(standsFor(path, vocabulary) ?? ''));

/**
 * The top folders in which work lies, at whatever depth; folders of data and built files only where there are no others, or where
 * work lies in them directly beside the folders of several people: then somebody is called `data`.
 */
export function foldersWithWork(paths: readonly string[], vocabulary: Vocabulary): Set<string> {
  const own = topFolders(ownOf(paths), vocabulary);
  if (own.size === 0) return topFolders(paths, vocabulary);
  if (own.size === 1) return own;
  return new Set([...own, ...foldersOfPeople(paths, vocabulary)]);
}

/** The top folders in which work lies directly, as in those of people. */
export const foldersOfPeople = (paths: readonly string[], vocabulary: Vocabulary): string[] =>
  foldersWith(paths, 1, vocabulary, (path) => standsFor(path, vocabulary) !== undefined).map((folder) =>
    folder.slice(0, -1),
  );

function topFolders(all: readonly string[], vocabulary: Vocabulary): Set<string> {
  const paths = shallow(all);
  const found = new Set<string>();
  for (let depth = 1; depth < depthOf(paths); depth++) {
    for (const folder of workAt(paths, depth, vocabulary)) found.add(folder.slice(0, folder.indexOf('/')));
  }
  return found;
}

/** How many parts the longest path has, of those in which work may lie. */
export const depthOf = (paths: readonly string[]): number =>
  shallow(paths).reduce((most, path) => Math.max(most, path.split('/').length), 0);

/** Below the root, what is named by the sheet and lies in one folder only belongs to the submission as well: notes above, modules below. */
function layersBelow(paths: readonly string[], prefix: string, vocabulary: Vocabulary): string[] {
  const layers = [prefix, `${prefix}src/`];
  const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  if (modulesAt(below, 0, vocabulary).length > 0) return layers;
  for (let depth = 1; depth < depthOf(below); depth++) {
    const [nested, ...others] = modulesAt(below, depth, vocabulary);
    if (others.length > 0) return layers;
    if (nested !== undefined) return [...layers, prefix + nested, `${prefix}${nested}src/`];
  }
  return layers;
}

function foldersWith(paths: readonly string[], depth: number, { named }: Vocabulary, isKind: IsKind): string[] {
  const folders = new Set<string>();
  // Of a file of the sheet, in `src/` or not.
  const mostParts = 1 + Math.max(...[...named].map((name) => name.split('/').length));
  for (const path of paths) {
    const parts = path.split('/');
    if (parts.length <= depth || parts.length > depth + mostParts) continue;
    const rest = parts.slice(depth).join('/');
    if (isKind(rest) || isKind(rest.replace(/^src\//, ''))) {
      folders.add(
        parts
          .slice(0, depth)
          .map((part) => `${part}/`)
          .join(''),
      );
    }
  }
  return [...folders];
}
