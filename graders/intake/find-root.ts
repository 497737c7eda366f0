/** Finds where in a tree of files the work lies: at the top, in `src/`, or in one nested folder. */
import type { Vocabulary } from './vocabulary.ts';
import { isTelling, moduleFor } from './vocabulary.ts';

/** The folders (each `''` or ending in `/`) whose files make up the submission; earlier ones win. */
export type Root = { layers: string[] } | { rivals: string[] };

/** How deep below the top the work may lie: an archive often wraps it in one folder, and unpacking adds another. */
const deepest = 2;

/** The root nearest to the top; rivals when several folders at that depth hold work; undefined when none does. */
export function findRoot(paths: readonly string[], vocabulary: Vocabulary): Root | undefined {
  for (let depth = 0; depth <= deepest; depth++) {
    const [prefix, ...rivals] = workAt(paths, depth, vocabulary);
    if (prefix === undefined) continue;
    return rivals.length > 0 ? { rivals: [prefix, ...rivals] } : { layers: layersBelow(paths, prefix, vocabulary) };
  }
  return undefined;
}

/** The folders at a depth (each `''` or ending in `/`) that hold, themselves or in their `src/`, a file of the assignment. */
export const workAt = (paths: readonly string[], depth: number, vocabulary: Vocabulary): string[] =>
  foldersWith(paths, depth, (path) => isTelling(path, vocabulary));

/** As `workAt`, for modules alone: notes beside folders of submissions make no submission. */
export const modulesAt = (paths: readonly string[], depth: number, vocabulary: Vocabulary): string[] =>
  foldersWith(paths, depth, (path) => vocabulary.modules.has(path) || moduleFor(path, vocabulary) !== undefined);

/** Notes at the top, modules one folder down: both belong to the submission, if there is just one such folder. */
function layersBelow(paths: readonly string[], prefix: string, vocabulary: Vocabulary): string[] {
  const own = [prefix, `${prefix}src/`];
  const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  if (modulesAt(below, 0, vocabulary).length > 0) return own;
  const [nested, ...others] = modulesAt(below, 1, vocabulary);
  return nested === undefined || others.length > 0 ? own : [...own, prefix + nested, `${prefix}${nested}src/`];
}

function foldersWith(paths: readonly string[], depth: number, isKind: (path: string) => boolean): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/');
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
