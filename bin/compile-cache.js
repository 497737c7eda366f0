// Remembers compiled modules between runs, so that a command need not strip types and compile some hundred files again.
import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Turns the cache on in the folder `.cache` beside the program, and returns it; without a word, nothing is remembered where that
 * folder could be written to by somebody who could not change the program itself as well.
 */
export function rememberCompiled() {
  const folder = fileURLToPath(new URL('../.cache', import.meta.url));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(folder);
    const owner = lstatSync(fileURLToPath(import.meta.url)).uid;
    const isOurs =
      process.platform === 'win32' || ((uid === owner || uid === process.geteuid()) && (mode & 0o022) === 0);
    if (!lstatSync(folder).isDirectory() || !isOurs) return undefined;
    enableCompileCache(folder);
    return folder;
  } catch {
    // A folder that cannot be written to costs time, nothing else.
    return undefined;
  }
}
