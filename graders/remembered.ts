/** What follows from the program's text alone is computed once for a compiled program, and lies in its folder. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledFolder } from './own-module.ts';

/**
 * What `compute` gives, as JSON keeps it. `of` names it and holds all that it depends on besides the program: a compiled program
 * is made anew when a file of it changes, and what it remembers goes with it. From its own files a program remembers nothing.
 */
export function remembered<T>(of: string | Uint8Array, compute: () => T): T {
  const compiled = compiledFolder();
  if (compiled === undefined) return compute();
  const folder = join(fileURLToPath(compiled), 'remembered');
  const file = join(folder, `${createHash('sha256').update(of).digest('hex').slice(0, 32)}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    const made = compute();
    keep(folder, file, JSON.stringify(made));
    return made;
  }
}

/** Whole or not at all; where it cannot be written it costs time, nothing else. */
function keep(folder: string, file: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    return;
  }
}
