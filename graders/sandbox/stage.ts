/** Puts what runs inside the sandbox (guest files, system-call filter, Node if need be) where the sandbox's user can read it. */
import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  constants,
  copyFile,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheFolder, distrust } from './cache-folder.ts';
import { bundleGuest, guestFingerprint } from './guest/bundle.ts';
import { findTools, librariesOf } from './host-tools.ts';
import { filterBytes } from './seccomp.ts';

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
  /** Shared libraries that Node and prlimit load. */
  libraries: string[];
}

/** What is to be staged: `write` is called only when no folder for this fingerprint exists. */
export interface GuestSource {
  entry: string;
  fingerprint(): Promise<string>;
  write(outDir: string): Promise<{ files: string[] }>;
}

const DAY_MS = 86_400_000;

/** Stages the guest that hosts a student's modules; the first time takes a second or two. */
export function stageRuntime(): Promise<StagedRuntime> {
  return stageGuest({ entry: 'guest.cjs', fingerprint: guestFingerprint, write: bundleGuest });
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

/**
 * The folder `name` under `base`, made by `build` if it is not there or not sound. It is built under another name and moved
 * into place in one step, so that nobody ever sees half of it and of two builders one wins.
 */
async function once(base: string, name: string, build: (into: string) => Promise<unknown>): Promise<string> {
  const place = join(base, name);
  if (await isSound(place)) {
    await utimes(place, new Date(), new Date()).catch(() => undefined); // says "in use" to the clean-up below
    return place;
  }
  const into = join(base, `.building-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(into, { mode: 0o700 });
    await build(into);
    await seal(into);
    await rename(into, place).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      if (await isSound(place)) return; // another grader was faster
      await rm(place, { recursive: true, force: true });
      await rename(into, place);
    });
  } finally {
    await rm(into, { recursive: true, force: true });
  }
  await removeUnused(base);
  return place;
}

/** Lists what was built, with sizes, and makes all of it readable by everybody and writable by nobody. */
async function seal(into: string): Promise<void> {
  const sizes: Record<string, number> = {};
  for (const entry of await readdir(into, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    await chmod(path, entry.isDirectory() || basename(path) === 'node' ? 0o755 : 0o644);
    if (entry.isFile()) sizes[path.slice(into.length + 1)] = (await stat(path)).size;
  }
  await writeFile(join(into, 'manifest.json'), JSON.stringify(sizes), { mode: 0o644 });
  await chmod(into, 0o755);
}

async function isSound(place: string): Promise<boolean> {
  if ((await distrust(place, 'folder')) !== undefined) return false;
  try {
    const sizes = JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8')) as Record<string, number>;
    for (const [file, size] of Object.entries(sizes)) {
      const path = join(place, file);
      if ((await distrust(path, 'file')) !== undefined || (await stat(path)).size !== size) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Removes versions that no grader has used for a week, and what an interrupted one left behind. */
async function removeUnused(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const path = join(base, name);
    const lastUsed = await stat(path).then((info) => info.mtimeMs, Date.now);
    const age = Date.now() - lastUsed;
    if (age > (name.startsWith('.') ? DAY_MS / 24 : 7 * DAY_MS)) await rm(path, { recursive: true, force: true });
  }
}

function digest(...parts: (string | number | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(typeof part === 'number' ? String(part) : part).update('\0');
  return hash.digest('hex').slice(0, 16);
}
