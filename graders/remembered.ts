/** What the program need not find out again lies in the folder of the compiled program, and goes with it. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledFolder } from './own-module.ts';

/**
 * What `compute` gives, as JSON keeps it. `of` names it and holds all that it depends on besides the program: a compiled program
 * is made anew when a file of it changes, and what it remembers goes with it. From its own files a program remembers nothing.
 */
export function remembered<T>(of: string | Uint8Array, compute: () => T): T {
  const found = known(of);
  if (found !== undefined) return found as T;
  const made = compute();
  keep(of, made);
  return made;
}

/** What was kept under this name, undefined where nothing was. */
export function known(of: string | Uint8Array): unknown {
  const file = fileOf(of);
  try {
    return file && (JSON.parse(readFileSync(file, 'utf8')) as unknown);
  } catch {
    return undefined;
  }
}

/** Keeps it whole or not at all; where it cannot be written that costs time, nothing else. */
export const keep = (of: string | Uint8Array, value: unknown): void => write(fileOf(of), [JSON.stringify(value)]);

/**
 * The bytes that were kept under this name, undefined where nothing was, where somebody else could have written them, and where
 * they are damaged or another program's: what is read decides what a program is asked, and what is right.
 */
export function knownBytes(of: string): Uint8Array | undefined {
  const file = fileOf(of, 'bytes');
  if (file === undefined) return undefined;
  let opened: number | undefined;
  try {
    opened = openSync(file, 'r');
    const { uid, mode } = fstatSync(opened);
    if (process.platform !== 'win32' && (uid !== process.geteuid!() || (mode & 0o022) !== 0)) return undefined;
    const content = readFileSync(opened);
    const bytes = content.subarray(digestBytes);
    return digestOf(file, bytes).equals(content.subarray(0, digestBytes)) ? bytes : undefined;
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** Keeps bytes as `keep` keeps a value. */
export function keepBytes(of: string, bytes: Uint8Array): void {
  const file = fileOf(of, 'bytes');
  if (file !== undefined) write(file, [digestOf(file, bytes), bytes]);
}

const digestBytes = 32;
/** Of the bytes where they lie: in the folder of this program, under this name. */
const digestOf = (file: string, bytes: Uint8Array): Buffer =>
  createHash('sha256').update(file).update('\0').update(bytes).digest();

function write(file: string | undefined, parts: readonly (string | Uint8Array)[]): void {
  if (file === undefined) return;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    writeFileSync(draft, Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array))), { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    return;
  }
}

/** Lets go of what was kept under this name. */
export function forget(of: string | Uint8Array): void {
  const file = fileOf(of);
  if (file !== undefined) rmSync(file, { force: true });
}

function fileOf(of: string | Uint8Array, ending = 'json'): string | undefined {
  const compiled = compiledFolder();
  if (compiled === undefined) return undefined;
  const name = createHash('sha256').update(of).digest('hex').slice(0, 32);
  return join(fileURLToPath(compiled), 'remembered', `${name}.${ending}`);
}
