/**
 * Builds tfjs-node for `--backend node`: the package's binding against TensorFlow from the environment for Python or from pip, into the cache, where
 * graders find it. Nothing is added to node_modules. Does nothing where it is built already; where something is missing for it,
 * says what and ends well, because every other backend works without. An interrupted build goes on with what it has downloaded.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backend } from '../graders/model/guest.ts';
import { cacheFolder } from '../graders/sandbox/stage/cache-folder.ts';
import { bestLevel } from '../graders/sandbox/doctor/best-level.ts';
import { NATIVE_NAME } from '../graders/runtimes/node/native-names.ts';
import { findNative } from '../graders/runtimes/node/native.ts';
import { bundleKernels, writeSeedBytes } from '../graders/runtimes/node/native-parts.ts';
import { once } from '../graders/sandbox/stage/sealed-folder.ts';
import { copyInstalled, installedTensorFlow } from './tfjs-node/installed.ts';
import { compileBinding, stripLibraries } from './tfjs-node/make.ts';
import { measure } from './tfjs-node/measure.ts';
import { fetchPackage, NODE_API_HEADERS, TFJS_NODE } from './tfjs-node/packages.ts';
import { NotBuilt, run } from './tfjs-node/run.ts';
import { fetchWheel, unpackWheel, versionOf } from './tfjs-node/wheel.ts';

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** Builds everything into the cache under `base`. */
async function build(base: string): Promise<void> {
  // A name that graders do not clear away; it goes when the build is done.
  const wheels = join(base, 'tfjs-node-wheel');
  await once(base, NATIVE_NAME, async (into) => {
    const libraries = join(into, 'lib');
    const work = join(into, 'work');
    await run('g++', ['--version']);
    const version = await takeTensorFlow(wheels, libraries, join(work, 'headers'));
    const [source, nodeApi] = [await fetchPackage(TFJS_NODE, work), await fetchPackage(NODE_API_HEADERS, work)];
    say(`Compiling the binding of ${TFJS_NODE.name} ${TFJS_NODE.version} …`);
    await compileBinding(source, [join(work, 'headers'), join(nodeApi, 'include')], libraries);
    await stripLibraries(libraries);
    await writeSeedBytes(libraries);
    await bundleKernels(source, join(into, 'kernels.cjs'));
    await rm(work, { recursive: true });
    const about = { tfjsNode: TFJS_NODE.version, tensorflow: version, built: new Date().toISOString() };
    await writeFile(join(into, 'about.json'), `${JSON.stringify(about)}\n`);
  });
  await rm(wheels, { recursive: true, force: true });
}

/** TensorFlow's libraries and headers, from a wheel that is named, from the environment for Python, or from pip; gives its version. */
async function takeTensorFlow(wheels: string, libraries: string, headers: string): Promise<string> {
  const [, , named] = process.argv;
  const installed = named === undefined ? await installedTensorFlow() : undefined;
  if (installed !== undefined) {
    say(`Taking TensorFlow ${installed.version} from ${installed.folder} …`);
    if (await copyInstalled(installed, libraries, headers)) return installed.version;
    say('It is not whole there.');
  }
  if (named === undefined) say('Fetching TensorFlow with pip …');
  const wheel = named ?? (await fetchWheel(wheels));
  say(`Unpacking TensorFlow ${versionOf(wheel)} …`);
  await unpackWheel(wheel, libraries, headers).catch(async (error: Error) => {
    // Kept, a damaged download would fail every later build, too.
    await rm(wheels, { recursive: true, force: true });
    throw error;
  });
  return versionOf(wheel);
}

/** A gradient on each backend inside the sandbox, and what it cost; rejects when one is wrong. */
async function compare(): Promise<void> {
  const level = await bestLevel();
  const row = (...cells: string[]) => say(cells.map((cell, i) => (i ? cell.padStart(14) : cell.padEnd(8))).join(''));
  say(`Inside the sandbox (level ${level}), milliseconds:`);
  row('backend', 'start', 'gradient', 'conv step', 'product 512³', 'memory MB');
  for (const backend of ['wasm', 'cpu', 'node'] satisfies Backend[]) {
    const { startMs, gradientMs, trainMs, productMs, residentMb } = await measure(backend, level);
    row(
      backend,
      startMs.toFixed(0),
      gradientMs.toFixed(2),
      trainMs.toFixed(1),
      productMs.toFixed(1),
      residentMb.toFixed(0),
    );
  }
}

const base = await cacheFolder();
try {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new NotBuilt('TensorFlow for Linux on x64 is needed');
  const earlier = await findNative();
  if (!earlier) await build(base);
  const { tensorflow, installed } = (await findNative())!;
  const how = installed === undefined ? (earlier ? 'was built before' : 'is built') : 'is installed';
  say(`tfjs-node ${TFJS_NODE.version} on TensorFlow ${tensorflow} ${how}: ${installed ?? join(base, NATIVE_NAME)}`);
  await compare();
} catch (error) {
  if (!(error instanceof NotBuilt)) throw error;
  say(`tfjs-node is not built: ${error.message}. The backends wasm and cpu work without it.`);
}
