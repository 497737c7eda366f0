/** Reads one file of a data set from the data folder, plain or gzip, and proves that it is the right one. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readPlainFileSync } from '../plain-file.ts';
import { DataError } from './data-error.ts';
import type { DataFile } from './data-files.ts';

/** The unpacked content; throws DataError when the file is absent, too large, cannot be unpacked, or is another one. */
export function readDataFile(folder: string, file: DataFile): Buffer {
  const path = findDataFile(folder, file);
  if (path === undefined) {
    throw new DataError(
      'absent',
      `${file.name} (or ${file.name}.gz) is not in ${join(folder, file.folder)}. ` +
        `"gradmark data ${file.folder} --data ${folder}" downloads it from ${file.url}.`,
    );
  }
  const { size } = statSync(path);
  // A packed file is never larger than its content by more than a few bytes.
  if (size > file.mostBytes + 1024) {
    throw new DataError('broken', `${path} has ${size} bytes; ${file.name} has at most ${file.mostBytes}.`);
  }
  return verified(readPlainFileSync(path), file, path);
}

/** Where the file lies: in its own folder or directly in the data folder, plain or packed; undefined when it does not. */
export function findDataFile(folder: string, { folder: own, name }: DataFile): string | undefined {
  const candidates = [
    join(folder, own, name),
    join(folder, own, `${name}.gz`),
    join(folder, name),
    join(folder, `${name}.gz`),
  ];
  return candidates.find((path) => existsSync(path) && statSync(path).isFile());
}

/** The content of bytes that are this file, packed or not; `from` is where they came from, for the error. */
export function verified(bytes: Buffer, file: DataFile, from: string): Buffer {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const content = isPacked ? unpacked(bytes, file, from) : bytes;
  if (content.length > file.mostBytes || (file.bytes !== undefined && content.length !== file.bytes)) {
    throw new DataError(
      'broken',
      `${from} holds ${content.length} bytes; ${file.name} has ${file.bytes ?? `at most ${file.mostBytes}`}.`,
    );
  }
  const expected = file.raw ?? (isPacked ? file.packed : undefined);
  if (expected === undefined) return content;
  const found = createHash(expected.algorithm)
    .update(file.raw === undefined ? bytes : content)
    .digest('hex');
  if (found === expected.digest) return content;
  throw new DataError(
    'broken',
    `${from} is not the published ${file.name}: its ${expected.algorithm} is ${found}, not ${expected.digest}. Delete it and download it again.`,
  );
}

function unpacked(bytes: Buffer, file: DataFile, from: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: file.mostBytes + 1 });
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    throw new DataError(
      'broken',
      `${from} cannot be unpacked to ${file.mostBytes} bytes or fewer (${says}). Delete it and download it again.`,
    );
  }
}
