/** tfjs-node, tfjs on native TensorFlow: where `npm run build:tfjs-node` leaves it, and what a process needs to load it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../sandbox/stage/cache-folder.ts';
import { findTools, librariesOf } from '../../sandbox/contain/host-tools.ts';
import { isSound } from '../../sandbox/stage/sealed-folder.ts';
import { adoptInstalled, installedPackage } from './installed-native.ts';
import { BINDING, NATIVE_NAME } from './native-names.ts';

export const BUILD_COMMAND = 'npm run build:tfjs-node';

interface NativeBuild {
  /** Folder with the binding and TensorFlow's libraries. */
  dir: string;
  /** tfjs-node's kernels as one CommonJS module that asks for `@tensorflow/tfjs` and `util`. */
  kernels: string;
  /** Version of TensorFlow. */
  tensorflow: string;
  /** Where npm has installed it; nothing where it was built here. */
  installed?: string;
  /** Changes with what was built. */
  fingerprint: string;
}

/** What there is for this user: a copy that npm has installed, if it works, or else what was built on this machine. */
export async function findNative(base?: string, from = installedPackage()): Promise<NativeBuild | undefined> {
  const folder = base ?? (await cacheFolder());
  const adopted = from === null ? undefined : await adoptInstalled(folder, from);
  if (adopted !== undefined && adopted.because === undefined) return nativeAt(adopted.place, adopted.from);
  const place = join(folder, NATIVE_NAME);
  return (await isSound(place)) ? nativeAt(place) : undefined;
}

async function nativeAt(place: string, installed?: string): Promise<NativeBuild> {
  const fingerprint = await readFile(join(place, 'about.json'), 'utf8');
  const { tensorflow } = JSON.parse(fingerprint) as { tensorflow: string };
  const parts = { dir: join(place, 'lib'), kernels: join(place, 'kernels.cjs'), tensorflow, fingerprint };
  return installed === undefined ? parts : { ...parts, installed };
}

/** The same, or an error that says how it is built. */
export async function requireNative(base?: string, from = installedPackage()): Promise<NativeBuild> {
  const found = await findNative(base, from);
  if (found) return found;
  throw new Error(`The backend "node" (tfjs-node) is not built on this machine. Build it with: ${BUILD_COMMAND}`);
}

/** Which one it is, or that there is none, for whoever looks at a machine. */
export async function nativeWords(base?: string, from = installedPackage()): Promise<string> {
  const found = await findNative(base, from);
  const installed = from === null ? undefined : await adoptInstalled(base ?? (await cacheFolder()), from);
  const left =
    installed?.because === undefined ? '' : `; the copy in ${installed.from} is not used: ${installed.because}`;
  if (found === undefined) return `node is not built (${BUILD_COMMAND})${left}`;
  return `node (TensorFlow ${found.tensorflow}, ${found.installed === undefined ? 'built here' : `installed in ${found.installed}`})${left}`;
}

/** Libraries of the system that the binding loads, beside those in its own folder. */
export async function nativeLibraries({ dir }: NativeBuild): Promise<string[]> {
  const all = await librariesOf([join(dir, BINDING)], findTools());
  return all.filter((path) => !path.startsWith(`${dir}/`));
}
