/** tfjs-node, tfjs on native TensorFlow: where `npm run build:tfjs-node` leaves it, and what a process needs to load it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../sandbox/stage/cache-folder.ts';
import { findTools, librariesOf } from '../../sandbox/contain/host-tools.ts';
import { isSound } from '../../sandbox/stage/sealed-folder.ts';

/** The version whose kernels and binding are used. */
export const TFJS_NODE_VERSION = '4.22.0';
/** Name of the folder in the cache; the number rises when the same version is built in another way. */
export const NATIVE_NAME = `tfjs-node-${TFJS_NODE_VERSION}-${process.arch}-1`;
export const BINDING = 'tfjs_binding.node';
/** Beside the binding: the bytes that TensorFlow finds as /dev/urandom, always the same, so that what it draws can be drawn again. */
export const SEED_BYTES = 'seed-bytes';
export const BUILD_COMMAND = 'npm run build:tfjs-node';

/** What a process has to find in its environment: one thread per operation, and the same arithmetic on every machine. */
export const NATIVE_ENV: Readonly<Record<string, string>> = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  // oneDNN chooses among algorithms by the processor's make.
  TF_ENABLE_ONEDNN_OPTS: '0',
  TF_CPP_MIN_LOG_LEVEL: '3',
};

interface NativeBuild {
  /** Folder with the binding and TensorFlow's libraries. */
  dir: string;
  /** tfjs-node's kernels as one CommonJS module that asks for `@tensorflow/tfjs` and `util`. */
  kernels: string;
  /** Version of TensorFlow. */
  tensorflow: string;
  /** Changes with what was built. */
  fingerprint: string;
}

/** What was built on this machine for this user, or undefined. */
export async function findNative(base?: string): Promise<NativeBuild | undefined> {
  const place = join(base ?? (await cacheFolder()), NATIVE_NAME);
  if (!(await isSound(place))) return undefined;
  const fingerprint = await readFile(join(place, 'about.json'), 'utf8');
  const { tensorflow } = JSON.parse(fingerprint) as { tensorflow: string };
  return { dir: join(place, 'lib'), kernels: join(place, 'kernels.cjs'), tensorflow, fingerprint };
}

/** The same, or an error that says how it is built. */
export async function requireNative(base?: string): Promise<NativeBuild> {
  const found = await findNative(base);
  if (found) return found;
  throw new Error(`The backend "node" (tfjs-node) is not built on this machine. Build it with: ${BUILD_COMMAND}`);
}

/** Libraries of the system that the binding loads, beside those in its own folder. */
export async function nativeLibraries({ dir }: NativeBuild): Promise<string[]> {
  const all = await librariesOf([join(dir, BINDING)], findTools());
  return all.filter((path) => !path.startsWith(`${dir}/`));
}
