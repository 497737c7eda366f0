/** Folders of prepared files: built under another name, sealed, moved into place in one step, and looked over before every use. */
import { createHash, randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distrust, distrustOf, toDoAbout } from './cache-folder.ts';
import { asUnusable } from './unusable-folder.ts';

const DAY_MS = 86_400_000;
/** Names of folders that are made again whenever they are needed: what they hold, and a digest of it. Others were built on request, and stay. */
const madeAgain = /-[0-9a-f]{16}$/;

/**
 * The folder `name` under `base`, made by `build` if it is not there or not sound. It is built under another name and moved
 * into place in one step, so that nobody ever sees half of it and of two builders one wins. Throws `UnusableFolder` where
 * `base` cannot be written to.
 */
export async function once(base: string, name: string, build: (into: string) => Promise<unknown>): Promise<string> {
  try {
    return await findOrBuild(base, name, build);
  } catch (error) {
    throw asUnusable(error, base, toDoAbout(base));
  }
}

async function findOrBuild(base: string, name: string, build: (into: string) => Promise<unknown>): Promise<string> {
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
    // Where it could not even be made, why is what counts.
    await rm(into, { recursive: true, force: true }).catch(() => undefined);
  }
  await removeUnused(base);
  return place;
}

/** Lists what was built, with sizes, and makes all of it readable by everybody and writable by nobody. */
async function seal(into: string): Promise<void> {
  const sizes: Record<string, number> = {};
  for (const entry of await readdir(into, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const runs = entry.isDirectory() || ((await stat(path)).mode & 0o100) !== 0;
    await chmod(path, runs ? 0o755 : 0o644);
    if (entry.isFile()) sizes[path.slice(into.length + 1)] = (await stat(path)).size;
  }
  await writeFile(join(into, 'manifest.json'), JSON.stringify(sizes), { mode: 0o644 });
  await chmod(into, 0o755);
}

/** True when the folder is ours and holds, file by file, what was put there. */
export async function isSound(place: string): Promise<boolean> {
  if ((await distrust(place, 'folder')) !== undefined) return false;
  try {
    const sizes = JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8')) as Record<string, number>;
    for (const [file, size] of Object.entries(sizes)) {
      // Not one promise a file: a library of numbers has a thousand of them, looked over at every start.
      const info = lstatSync(join(place, file), { throwIfNoEntry: false });
      if (distrustOf(info, 'file') !== undefined || info!.size !== size) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Removes versions that no grader has used for a week, and what an interrupted one left behind; never what was built on request. */
async function removeUnused(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (!name.startsWith('.') && !madeAgain.test(name)) continue;
    const path = join(base, name);
    const lastUsed = await stat(path).then((info) => info.mtimeMs, Date.now);
    const age = Date.now() - lastUsed;
    if (age > (name.startsWith('.') ? DAY_MS / 24 : 7 * DAY_MS)) await rm(path, { recursive: true, force: true });
  }
}

/** Short name for a content. */
export function digest(...parts: (string | number | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(typeof part === 'number' ? String(part) : part).update('\0');
  return hash.digest('hex').slice(0, 16);
}
