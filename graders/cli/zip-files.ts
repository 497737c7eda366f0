/** An archive of files from the disk and from memory, whose programs may still be run where it is unpacked. */
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Zip, ZipDeflate } from 'fflate';
import { writeWhole } from '../gradebook/write-whole.ts';
import { assertPlainFile } from '../plain-file.ts';

export interface PackedFile {
  path: string;
  content: () => Uint8Array;
  /** As of Unix: what may be done with it, and by whom. */
  mode: number;
}

/** Every file in or below a place, links followed, under another name. */
export function filesBelow(place: string, path: string): PackedFile[] {
  const found = statSync(place);
  if (found.isFile()) return [{ path, content: () => readFileSync(place), mode: found.mode & 0o777 }];
  assertPlainFile(place);
  return readdirSync(place)
    .sort()
    .filter((name) => leadsSomewhere(join(place, name)))
    .flatMap((name) => filesBelow(join(place, name), `${path}/${name}`));
}

/** A link whose target is gone is nothing to pack. */
const leadsSomewhere = (path: string): boolean =>
  !lstatSync(path).isSymbolicLink() || statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Writes the archive whole; files are read one after the other, as it grows. */
export const writeZip = (to: string, files: readonly PackedFile[]): Promise<void> => writeWhole(to, zipped(files));

const UNIX = 3;
const REGULAR = 0o100000;

function* zipped(files: readonly PackedFile[]): Iterable<Uint8Array> {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    made.push(chunk);
  });
  for (const { path, content, mode } of files) {
    const file = new ZipDeflate(path, { level: 6 });
    [file.os, file.attrs] = [UNIX, (REGULAR | mode) << 16];
    zip.add(file);
    file.push(content(), true);
    yield* made.splice(0);
  }
  zip.end();
  yield* made;
}
