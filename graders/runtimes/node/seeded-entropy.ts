/**
 * What the library draws without a seed follows from the grader's, as all that a program draws does. Node's cryptography would be
 * loaded for it, twenty modules, and before the eyes of the program.
 */
import type { Plugin } from 'esbuild';

const text = `exports.randomBytes = (count) => Array.from({ length: count }, () => Math.floor(Math.random() * 256));`;

/** What the library's random numbers find under the name of Node's module. */
export const seededEntropy: Plugin = {
  name: 'seeded-entropy',
  setup(build) {
    build.onResolve({ filter: /^crypto$/ }, ({ importer }) =>
      /seedrandom[\\/]\w+\.js$/.test(importer) ? { path: 'crypto', namespace: 'seeded-entropy' } : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'seeded-entropy' }, () => ({ contents: text }));
  },
};
