/** Where a module of this program lies that is loaded by its path: beside its source, or in the compiled program. */
import { extname } from 'node:path';

/** Said by who compiles the program (bin/compile-program.js): the URL of the folder that holds it. */
declare const COMPILED_PROGRAM: string | undefined;
/** Given to each compiled module by who loads it (bin/program-loader.cjs). */
declare const importByUrl: ((url: string) => Promise<unknown>) | undefined;
declare const keepCode: (() => void) | undefined;

/** The folder of the compiled program; undefined where the program runs from its own files. */
export const compiledFolder = (): URL | undefined =>
  typeof COMPILED_PROGRAM === 'string' ? new URL(COMPILED_PROGRAM) : undefined;

/** A module of this room by its path without an ending: `.ts` in a checkout, `.js` in the built package, compiled from either. */
export function ownModule(path: string): URL {
  const compiled = compiledFolder();
  if (compiled !== undefined) return new URL(`graders/${path}.mjs`, compiled);
  return new URL(`./${path}${extname(import.meta.url)}`, import.meta.url);
}

/** What a thread begins with, by its path without an ending: compiled, a file that is loaded without Node's loader of modules. */
export function ownThread(path: string): URL {
  const compiled = compiledFolder();
  return compiled === undefined ? ownModule(path) : new URL(`graders/${path}.cjs`, compiled);
}

/** Imports what is known by its address alone: a compiled module has no imports of its own. */
export const importModule = (url: string): Promise<unknown> =>
  typeof importByUrl === 'function' ? importByUrl(url) : import(url);

/** Has the code that this thread has compiled by now remembered, for threads that begin as it did; a thread may be ended at any moment. */
export function rememberCode(): void {
  if (typeof keepCode === 'function') keepCode();
}
