/**
 * Node's cryptography is loaded when the library first draws without a seed, which hardly a program has it do, and not whenever
 * the library starts: its twenty modules would cost every process some milliseconds.
 */
import type { Plugin } from 'esbuild';

const text = `exports.randomBytes = (count) => require('node:crypto').randomBytes(count);`;

/** What the library's random numbers find under the name of Node's module. */
export const lateCrypto: Plugin = {
  name: 'late-crypto',
  setup(build) {
    build.onResolve({ filter: /^crypto$/ }, ({ importer }) =>
      /seedrandom[\\/]\w+\.js$/.test(importer) ? { path: 'crypto', namespace: 'late-crypto' } : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'late-crypto' }, () => ({ contents: text }));
  },
};
