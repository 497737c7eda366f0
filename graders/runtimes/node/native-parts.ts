/** What the sandbox loads beside the binding of tfjs-node: its kernels in one file, and the bytes that stand for randomness. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { SEED_BYTES } from './native-names.ts';

/** Writes backend and kernels as one module; tfjs itself and `util` are left to whoever bundles it. */
export async function bundleKernels(source: string, outfile: string): Promise<void> {
  const outsiders: Plugin = {
    name: 'outsiders',
    setup(builder) {
      builder.onResolve({ filter: /^@tensorflow\// }, () => ({ path: '@tensorflow/tfjs', external: true }));
      builder.onResolve({ filter: /^util$/ }, () => ({ path: 'util', external: true }));
      // Messages for TensorBoard's log files, which no sandbox can write.
      builder.onResolve({ filter: /\/proto\/api_pb$/ }, () => ({ path: 'messages', namespace: 'empty' }));
      builder.onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
    },
  };
  const contents = `require('./register_all_kernels'); module.exports = require('./nodejs_kernel_backend');`;
  await build({
    stdin: { contents, resolveDir: join(source, 'dist') },
    ...{ bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent', outfile, plugins: [outsiders] },
  });
}

/** Writes the bytes that stand for randomness where programs are graded: arbitrary, and equal on every machine. */
export async function writeSeedBytes(libraries: string): Promise<void> {
  const blocks = Array.from({ length: 2048 }, (_, i) => createHash('sha256').update(`seed bytes ${i}`).digest());
  await writeFile(join(libraries, SEED_BYTES), Buffer.concat(blocks));
}
