/** Names of program files, and which file an import means: the same for whoever inspects a program and for what runs it. */

/** Endings of programs, TypeScript first: a unit is asked for with `.ts`, and a student may choose any other. */
export const programEndings = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'] as const;

/** `q3c` for `q3c.ts`, `q3c.js` and the like: JavaScript is TypeScript without types. Other names stay as they are. */
export const withoutProgramEnding = (path: string): string => path.replace(/\.(?:[mc]?[jt]s|[jt]sx)$/, '');

/** Whether a file is a program, by its name. */
export const isProgram = (path: string): boolean => withoutProgramEnding(path) !== path;

/** The file in which a unit of the sheet is handed in: `q3c.ts` for `q3c`. A check that names the file itself is mistaken. */
export function moduleOfUnit(unit: string): string {
  if (isProgram(unit))
    throw new Error(`A check asks for the file ${unit}; write its unit, ${withoutProgramEnding(unit)}.`);
  return `${unit}.ts`;
}

/** TypeScript lets an import leave the ending off; Node and bundlers let it name the file that will be made. */
const importEndings = [...programEndings, '.json'];

export const isLocal = (specifier: string): boolean => /^\.{1,2}(\/|$)/.test(specifier);

/** The packages of the tensor library: all of them are the one library, under names that a program may have at home. */
export const tensorPackages: readonly string[] = [
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-node-gpu',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-layers',
  '@tensorflow/tfjs-data',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
];

/** Modules of Node of which the sandbox has what a program asks in order to know where it is and whether it was started alone. */
export const isAboutItself = (specifier: string): boolean =>
  /^(node:)?(path|path\/posix|url|perf_hooks|process)$/.test(specifier);

/** The one of `packages` that a specifier means, by its name or by a path into it; undefined when none is meant. */
export const packageIn = (packages: Iterable<string>, specifier: string): string | undefined =>
  [...packages].find((name) => specifier === name || specifier.startsWith(`${name}/`));

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
  const stem = withoutProgramEnding(base);
  const candidates = [
    base,
    ...importEndings.map((ending) => base + ending),
    ...importEndings.map((ending) => `${base}/index${ending}`),
  ];
  // The file that will be made, or was renamed to what the task calls it.
  if (stem !== base) candidates.push(...importEndings.map((ending) => stem + ending));
  return candidates.find((path) => paths.has(path));
}
