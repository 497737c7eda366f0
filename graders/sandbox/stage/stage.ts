/** Puts what runs inside the sandbox (guest files, system-call filter, the binary if need be) where the sandbox's user can read it. */
import { constants, copyFile, mkdir, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Backend, Precision } from '../../model/guest.ts';
import { findTools, librariesOf } from '../contain/host-tools.ts';
import type { RuntimeProcess } from '../contain/runtime-process.ts';
import { closingBytes, filterBytes } from '../contain/seccomp.ts';
import { cacheFolder } from './cache-folder.ts';
import { digest, once } from './sealed-folder.ts';

/** A guest's files and the binary that runs them, ready for the sandbox's user. */
export interface StagedGuest {
  /** The guest's folder: all that the guest can read. */
  dir: string;
  /** The binary to run. */
  binary: string;
  /** The guest's main file. */
  entry: string;
  /** Names of the files in `dir`. */
  files: string[];
  /** The system-call filter; absent on an architecture without one. */
  filter?: string;
  /** Shared libraries that the binary and prlimit load. */
  libraries: string[];
}

/** A guest with what its runtime says of its processes. */
export interface StagedRuntime extends StagedGuest {
  /** How a process for this backend and precision is started; throws where the guest was not staged for it. */
  processFor(wanted: { backend: Backend; precision: Precision }): RuntimeProcess;
  /** Whether a program that may import these packages finds a tensor library, which has to be loaded first. */
  hasTensors(imports: readonly string[]): boolean;
}

/** What is to be staged: `write` is called only when no folder for this fingerprint exists. */
export interface GuestSource {
  binary: string;
  entry: string;
  /**
   * Set where the guest puts a second system-call filter over itself, which then lies beside its files as `second.bpf`; beside it
   * lies the first, `first.bpf`, which a copy of the guest puts over itself.
   */
  closesItself?: boolean;
  fingerprint(): Promise<string>;
  write(outDir: string): Promise<unknown>;
}

/** Stages a guest once per content and returns where it lies; safe to call from several graders at once. */
export async function stageGuest(source: GuestSource, folder?: string): Promise<StagedGuest> {
  const base = folder ?? (await cacheFolder());
  const tools = findTools();
  const { closesItself = false } = source;
  const filterText = filterBytes(process.arch, closesItself);
  const secondText = closesItself ? closingBytes(process.arch) : undefined;
  const [key, binary, libraries] = await Promise.all([
    source.fingerprint(),
    reachable(source.binary, base),
    librariesOf([source.binary, ...(tools.prlimit ? [tools.prlimit] : [])], tools),
  ]);
  const root = await once(base, `guest-${digest(key, filterText ?? '', secondText ?? '')}`, async (into) => {
    await mkdir(join(into, 'app'));
    await source.write(join(into, 'app'));
    if (secondText) await writeFile(join(into, 'app', 'second.bpf'), secondText);
    if (secondText && filterText) await writeFile(join(into, 'app', 'first.bpf'), filterText);
    if (filterText) await writeFile(join(into, 'syscalls.bpf'), filterText);
  });
  const dir = join(root, 'app');
  const files = await readdir(dir);
  if (!files.includes(source.entry)) throw new Error(`The guest has no file ${source.entry} in ${dir}.`);
  const filter = filterText && join(root, 'syscalls.bpf');
  return { dir, binary, entry: join(dir, source.entry), files, filter, libraries };
}

/** The binary itself, or a copy of it when we are root and the user we drop to cannot reach it (a private home). */
async function reachable(binary: string, base: string): Promise<string> {
  const own = await realpath(binary);
  if (process.geteuid?.() !== 0 || (await isPublic(own))) return own;
  const { size, mtimeMs, ino } = await stat(own);
  const root = await once(base, `${basename(own)}-${digest(own, size, mtimeMs, ino)}`, (into) =>
    copyFile(own, join(into, basename(own)), constants.COPYFILE_FICLONE),
  );
  return join(root, basename(own));
}

/** True when every user may run the file: readable and executable itself, and every folder above can be passed. */
async function isPublic(file: string): Promise<boolean> {
  if (((await stat(file)).mode & 0o005) !== 0o005) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}
