/**
 * Files that have several names. What lies outside of the class, a key above all, may have been given another name in it, by a
 * student where the system lets everybody link to everything, or by an archive while staff unpacked it: such a file is not read. Where
 * all its names lie in what was handed in, nothing from outside is read, and to refuse it would cost whoever has it rightly: it is
 * read under each name, and staff are told who shares it.
 */
import type { BigIntStats } from 'node:fs';
import type { Entry, Shared } from './entry.ts';
import { listOf } from './list-of.ts';
import { plain } from './path-rules.ts';

/** How a file of a folder that belongs to `owner` is shared; undefined where it has one name, or is somebody else's. */
export function sharedOf({ dev, ino, nlink, uid }: BigIntStats, owner: bigint | undefined): Shared | undefined {
  return nlink > 1n && uid === owner ? { file: `${dev}:${ino}`, names: Number(nlink) } : undefined;
}

/** Lets the files be read all of whose names are there. The lists are of folders, by their names, and `''` of what lies beside those. */
export function settleShared(places: ReadonlyMap<string, readonly Entry[]>): void {
  const names = new Map<string, { place: string; entry: Entry }[]>();
  for (const [place, entries] of places) {
    for (const entry of entries) {
      if (entry.shared === undefined) continue;
      const known = names.get(entry.shared.file);
      if (known === undefined) names.set(entry.shared.file, [{ place, entry }]);
      else known.push({ place, entry });
    }
  }
  for (const all of names.values()) {
    if (all.length !== all[0]!.entry.shared!.names) continue;
    const called = all.map(({ place, entry }) => plain(place === '' ? entry.path : `${place}/${entry.path}`));
    for (const { place, entry } of all) {
      delete entry.aside;
      if (all.some((other) => other.place !== place || place === '')) entry.sharedAs = called;
    }
  }
}

/** For staff: which files of a submission are those of others as well. */
export function toldOfShared(entries: readonly Entry[]): string | undefined {
  const [first, ...others] = entries.flatMap(({ sharedAs }) => (sharedAs === undefined ? [] : [sharedAs]));
  if (first === undefined) return undefined;
  const more = others.length > 0 ? `; ${others.length} more of its files have such names` : '';
  return `${listOf(first)} are one file (a hard link), which was read for each${more}.`;
}
