/** What the program need not find out again lies in the folder of the compiled program, and goes with it. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
export function keep(of: string | Uint8Array, value: unknown): void {
  const file = fileOf(of);
  if (file === undefined) return;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
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

function fileOf(of: string | Uint8Array): string | undefined {
  const compiled = compiledFolder();
  if (compiled === undefined) return undefined;
  const name = createHash('sha256').update(of).digest('hex').slice(0, 32);
  return join(fileURLToPath(compiled), 'remembered', `${name}.json`);
}
