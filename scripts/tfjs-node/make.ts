/** Makes from package, headers and libraries what the sandbox loads: the binding, and the kernels in one file. */
import { createHash } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { BINDING, SEED_BYTES } from '../../graders/runtimes/node/native.ts';
import { NotBuilt, run } from './run.ts';

/** Compiles the binding's two sources against TensorFlow in `libraries`, and writes it there; takes ten seconds. Throws NotBuilt where they do not fit. */
export async function compileBinding(source: string, includes: string[], libraries: string): Promise<void> {
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(source, 'binding', file));
  const folders = [source, ...includes].map((folder) => `-I${folder}`);
  const linked = ['cc', 'framework'].map((part) => `-l:libtensorflow_${part}.so.2`);
  const words = [
    ...[
      '-O2',
      '-shared',
      '-fPIC',
      '-std=c++17',
      '-DNAPI_VERSION=8',
      ...folders,
      ...sources,
      `-L${libraries}`,
      ...linked,
    ],
    // The libraries are found beside the binding, wherever both are mounted.
    ...['-Wl,-rpath,$ORIGIN', '-o', join(libraries, BINDING)],
  ];
  await run('g++', words).catch((error: Error) => {
    const said = error.message.split('\n').find((line) => line.includes('error')) ?? error.message;
    throw new NotBuilt(`g++ could not compile the binding (${said.slice(0, 200)})`);
  });
}

/** Takes symbols away that nothing asks for: a quarter of 850 MB. */
export async function stripLibraries(libraries: string): Promise<void> {
  for (const part of ['cc', 'framework']) {
    const file = join(libraries, `libtensorflow_${part}.so.2`);
    await run('strip', ['--strip-unneeded', '-o', `${file}.small`, file]);
    await rename(`${file}.small`, file);
  }
}

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
