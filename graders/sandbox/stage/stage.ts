/** Puts what runs inside the sandbox (guest files, system-call filter, Node if need be) where the sandbox's user can read it. */
import { constants, copyFile, mkdir, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Backend } from '../../model/guest.ts';
import { cacheFolder } from './cache-folder.ts';
import { bundleGuest, guestFingerprint } from '../../runtimes/node/bundle.ts';
import { findTools, librariesOf } from '../contain/host-tools.ts';
import { NATIVE_ENV, nativeLibraries, requireNative } from '../../runtimes/node/native.ts';
import { digest, once } from './sealed-folder.ts';
import { filterBytes } from '../contain/seccomp.ts';

export interface StagedRuntime {
  /** The guest's folder: all that the guest can read. */
  dir: string;
  /** The Node binary to run. */
  node: string;
  /** The guest's main file. */
  entry: string;
  /** Names of the files in `dir`. */
  files: string[];
  /** The system-call filter; absent on an architecture without one. */
  filter?: string;
  /** Shared libraries that Node and prlimit load, and tfjs-node where it is there. */
  libraries: string[];
  /** Folder with tfjs-node's binding and TensorFlow's libraries; present when staged for the backend `node`. */
  native?: string;
}

/** What is to be staged: `write` is called only when no folder for this fingerprint exists. */
export interface GuestSource {
  entry: string;
  fingerprint(): Promise<string>;
  write(outDir: string): Promise<{ files: string[] }>;
}

/**
 * Stages the guest that hosts a student's modules; the first time takes a second or two. Throws when `node` is asked for and
 * not built. `keepProcess` is for tests of the walls behind the guest.
 */
export async function stageRuntime(
  backend: Backend = 'wasm',
  options: { keepProcess?: boolean } = {},
): Promise<StagedRuntime> {
  const native = backend === 'node' ? await requireNative() : undefined;
  const staged = await stageGuest({
    entry: 'guest.cjs',
    fingerprint: async () =>
      [await guestFingerprint(), native?.fingerprint ?? '', options.keepProcess ? 'with process' : ''].join(''),
    write: (outDir) => bundleGuest(outDir, native && { ...native, env: NATIVE_ENV }, options),
  });
  if (!native) return staged;
  const libraries = [...new Set([...staged.libraries, ...(await nativeLibraries(native))])];
  return { ...staged, libraries, native: native.dir };
}

/** Stages a guest once per content and returns where it lies; safe to call from several graders at once. */
export async function stageGuest(source: GuestSource, folder?: string): Promise<StagedRuntime> {
  const base = folder ?? (await cacheFolder());
  const tools = findTools();
  const filterText = filterBytes(process.arch);
  const [key, node, libraries] = await Promise.all([
    source.fingerprint(),
    reachableNode(base),
    librariesOf([process.execPath, ...(tools.prlimit ? [tools.prlimit] : [])], tools),
  ]);
  const root = await once(base, `guest-${digest(key, filterText ?? '')}`, async (into) => {
    await mkdir(join(into, 'app'));
    await source.write(join(into, 'app'));
    if (filterText) await writeFile(join(into, 'syscalls.bpf'), filterText);
  });
  const dir = join(root, 'app');
  const files = await readdir(dir);
  if (!files.includes(source.entry)) throw new Error(`The guest has no file ${source.entry} in ${dir}.`);
  const filter = filterText && join(root, 'syscalls.bpf');
  return { dir, node, entry: join(dir, source.entry), files, filter, libraries };
}

/** This process's own Node, or a copy of it when we are root and the user we drop to cannot reach it (a private home). */
async function reachableNode(base: string): Promise<string> {
  const own = await realpath(process.execPath);
  if (process.geteuid?.() !== 0 || (await isPublic(own))) return own;
  const { size, mtimeMs, ino } = await stat(own);
  const root = await once(base, `node-${digest(process.version, own, size, mtimeMs, ino)}`, (into) =>
    copyFile(own, join(into, 'node'), constants.COPYFILE_FICLONE),
  );
  return join(root, 'node');
}

/** True when every user may run the file: readable and executable itself, and every folder above can be passed. */
async function isPublic(file: string): Promise<boolean> {
  if (((await stat(file)).mode & 0o005) !== 0o005) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}
