/** Builds the files that the sandboxed process runs from: the guest, tfjs in one file with its code cache, and the wasm binaries. */
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { execa } from 'execa';
import { ending, guest, here, isMade, made } from './guest-parts.ts';
import { unpackGuest } from './made-guest.ts';
import { nativeBundle, type NativeParts } from './bundle-native.ts';
import { keepCode } from './keep-code.ts';
import { quickerLibrary } from './quicker-library.ts';
import { withRoomyExports } from './roomy-exports.ts';
import { seededEntropy } from './seeded-entropy.ts';
import { seededShuffle } from './seeded-shuffle.ts';
import { withMarkedGradients } from './with-marked-gradients.ts';
import { withToldGradients } from './with-told-gradients.ts';
import { withoutGradients } from './without-gradients.ts';

const require = createRequire(import.meta.url);
/** Started in the guest's folder while it is made, and gone then. */
const warmUp = 'warm-up.cjs';
const keepsCode = 'keep-code.cjs';
const wasmFiles = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

/**
 * tfjs as one CommonJS function from its ES modules, half the size of the packages' own bundles. Backends are re-exported,
 * since an import for effect alone is dropped as free of side effects.
 */
const libraryText = `
export { borrowMissingKernels } from './borrow-kernels${ending}';
export { reclaimTensors } from './reclaim${ending}';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
export * from '@tensorflow/tfjs-core';
export { tellDerivatives } from '@tensorflow/tfjs-core/dist/gradients';
export * from '@tensorflow/tfjs-layers';
export * as data from '@tensorflow/tfjs-data';
export * as cpu from '@tensorflow/tfjs-backend-cpu';
import { version_core } from '@tensorflow/tfjs-core';
import { version_layers } from '@tensorflow/tfjs-layers';
import { version_data } from '@tensorflow/tfjs-data';
export const version = { 'tfjs-core': version_core, 'tfjs-layers': version_layers, 'tfjs-data': version_data, tfjs: version_core };
`;
const wasmText = `
export { setWasmPaths, getThreadsCount, setThreadsCount, version_wasm } from '@tensorflow/tfjs-backend-wasm';
`;

const common: BuildOptions = { bundle: true, platform: 'node', target: 'node24', logLevel: 'silent', minify: false };

/**
 * Writes the runtime's files into `outDir`, with tfjs-node where it is given; throws with esbuild's message, or
 * when a code cache cannot be made.
 */
export async function bundleGuest(outDir: string, native?: NativeParts): Promise<void> {
  await mkdir(outDir, { recursive: true });
  if (isMade && native === undefined) await unpackGuest(await readFile(made), outDir);
  else await buildGuest(outDir, native);
  await makeCodeCaches(outDir, native);
}

/** The guest's files, the same on every machine where they are not native. */
export async function buildGuest(outDir: string, native?: NativeParts): Promise<void> {
  await Promise.all([
    bundleBootstrap(join(outDir, 'guest.cjs')),
    bundleBootstrap(join(outDir, keepsCode), 'KEEP_CODE'),
    bundleCore(join(outDir, 'core.js')),
    bundleLibraries(join(outDir, 'tf'), { entry: libraryText + wasmText }),
    ...(native ? [bundleLibraries(join(outDir, 'tf-node'), nativeBundle(native, libraryText, guest))] : []),
    build({ ...common, entryPoints: [join(here, `warm-up${ending}`)], format: 'cjs', outfile: join(outDir, warmUp) }),
    ...wasmFiles.map((file) => copyFile(wasmPath(file), join(outDir, file))),
  ]);
}

/** The guest that lies in `from`, whose programs find Node's own process: for tests of the walls behind it. */
export async function bundleWithProcess(from: string, outDir: string): Promise<void> {
  await cp(from, outDir, { recursive: true });
  await bundleBootstrap(join(outDir, 'guest.cjs'), 'KEEP_PROCESS');
}

const bundleBootstrap = (outfile: string, set?: 'KEEP_PROCESS' | 'KEEP_CODE'): Promise<unknown> =>
  build({
    ...common,
    entryPoints: [join(guest, `bootstrap${ending}`)],
    format: 'cjs',
    define: { KEEP_PROCESS: String(set === 'KEEP_PROCESS'), KEEP_CODE: String(set === 'KEEP_CODE') },
    outfile,
  });

/** The guest's own realm, as one expression: the function that starts it. */
async function bundleCore(outfile: string): Promise<void> {
  const options: BuildOptions = { entryPoints: [join(guest, `core${ending}`)], format: 'iife', globalName: 'guest' };
  const { outputFiles } = await build({ ...common, ...options, platform: 'neutral', write: false });
  await writeFile(outfile, `"use strict";\n${outputFiles![0]!.text}\nguest.start;\n`);
}

/** The library as a whole, without what differentiates, and with derivatives that can be recognised. */
async function bundleLibraries(name: string, { entry, plugin }: { entry: string; plugin?: Plugin }): Promise<void> {
  const plugins = [quickerLibrary, seededEntropy, seededShuffle, ...(plugin ? [plugin] : [])];
  await Promise.all([
    bundleLibrary(`${name}.cjs`, entry, [...plugins, withToldGradients]),
    bundleLibrary(`${name}-forward.cjs`, entry, [...plugins, withoutGradients]),
    // The first that changes a file is the only one.
    bundleLibrary(`${name}-marked.cjs`, entry, [withMarkedGradients, ...plugins, withToldGradients]),
  ]);
}

async function bundleLibrary(outfile: string, entry: string, plugins: Plugin[]): Promise<void> {
  const { outputFiles } = await build({
    ...common,
    stdin: { contents: entry, resolveDir: guest, sourcefile: 'tf.js' },
    plugins,
    mainFields: ['module', 'main'],
    format: 'cjs',
    minifyWhitespace: true,
    // Node prints the source line of an uncaught exception.
    lineLimit: 500,
    write: false,
  });
  const text = withRoomyExports(outputFiles![0]!.text);
  // Strict, as its modules are and the bundler does not keep them: functions of a program that it calls could ask by whom, and find
  // what no guard stands before.
  await writeFile(outfile, `(function (exports, require, module, __dirname) {"use strict";${text}\n})`);
}

/** A code cache is made after sample operations and a start of the guest, so that it holds the functions which are compiled lazily. */
async function makeCodeCaches(outDir: string, native: NativeParts | undefined): Promise<void> {
  const warm = (env: Readonly<Record<string, string>>, ...args: string[]) =>
    execa(process.execPath, [warmUp, ...args], { cwd: outDir, timeout: 60_000, env });
  await Promise.all(['tf', 'tf-forward'].map((name) => warm({}, name, 'wasm', 'cpu')));
  if (native) for (const name of ['tf-node', 'tf-node-forward']) await warm(native.env, name, 'tensorflow', native.dir);
  // One after the other: what the second start needs is added to what the first has left.
  for (const library of ['whole', 'forward'] as const) await keepCode(join(outDir, keepsCode), library);
  for (const file of [warmUp, keepsCode]) await rm(join(outDir, file));
}

const wasmPath = (file: string) =>
  join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist', file);
