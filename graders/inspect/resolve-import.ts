/** Finds the file of the submission that a relative import means. */

/** TypeScript lets an import leave the ending off; Node and bundlers let it name the file that will be made. */
const endings = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '.json'];

export const isLocal = (specifier: string): boolean => /^\.{1,2}(\/|$)/.test(specifier);

/**
 * The path that `specifier` means in the module at `from`, or undefined. Nothing lies above the root: `../` there stays at
 * the root, so that modules lifted out of `src/` still find their neighbours, and so that nothing outside can be named.
 */
export function resolveLocal(from: string, specifier: string, paths: ReadonlySet<string>): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const base = parts.join('/');
  const stem = base.replace(/\.([mc]?[jt]s|[jt]sx)$/, '');
  const candidates = [
    base,
    ...endings.map((ending) => base + ending),
    ...endings.map((ending) => `${base}/index${ending}`),
  ];
  // The file that will be made, or was renamed to what the task calls it.
  if (stem !== base) candidates.push(...endings.map((ending) => stem + ending));
  return candidates.find((path) => paths.has(path));
}

/** A file of that name in other capitals or another folder, for the sentence that says what was meant. */
export function similarPath(specifier: string, paths: ReadonlySet<string>): string | undefined {
  const wanted = stem(specifier);
  return [...paths].find((path) => stem(path) === wanted);
}

const stem = (path: string) =>
  path
    .split('/')
    .at(-1)!
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase();
