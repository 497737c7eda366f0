/**
 * Two things that the package does in the way which V8 runs worst are done in another, with the same results. Normal numbers are
 * drawn in one loop (`guest/draw-normals.ts`). Which kernels a backend has is asked three times while a process starts, and V8 took
 * the loop over all of them for worth its best compiler, in every process anew.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { drawNormals } from './guest/draw-normals.ts';
import { ending, guest } from './guest-parts.ts';

const loop = /for \(let i = 0; i < res\.values\.length; i\+\+\) \{\s*res\.values\[i\] = randGauss\.nextValue\(\);\s*\}/;
const generator = 'seedrandom.alea(seedValue.toString())';
const kernelsOfBackend = /(?<=function getKernelsForBackend\(backendName\) \{)[^]*?split\('_'\)[^]*?return result;/;

/** Text by text what is replaced, by the end of the file's path. */
const changes: readonly [file: RegExp, was: RegExp | string, is: string, imports: boolean][] = [
  [/(truncated|random)_normal\.js$/, loop, `${drawNormals.name}(res.values, randGauss);`, true],
  // Otherwise its state could not be asked for.
  [/rand_util\.js$/, generator, 'seedrandom.alea(seedValue.toString(), { state: true })', false],
  [
    /kernel_registry\.js$/,
    kernelsOfBackend,
    'return [...kernelRegistry.values()].filter((config) => config.backendName === backendName);',
    false,
  ],
];

/** Throws where the package no longer says what is replaced, so that another version is noticed. */
export const quickerLibrary: Plugin = {
  name: 'quicker-library',
  setup(build) {
    const filter = /tfjs-core[\\/]dist[\\/](ops[\\/](truncated_normal|random_normal|rand_util)|kernel_registry)\.js$/;
    build.onLoad({ filter }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const [, was, is, imports] = changes.find(([file]) => file.test(path))!;
      if (typeof was === 'string' ? !text.includes(was) : !was.test(text))
        throw new Error(`${path} no longer does it as it did.`);
      const head = imports
        ? `import { ${drawNormals.name} } from ${JSON.stringify(join(guest, `draw-normals${ending}`))};\n`
        : '';
      return { contents: head + text.replace(was, is) };
    });
  },
};
