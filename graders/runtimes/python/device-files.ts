/** Plain files in the place of what a library asks the machine for, since there is no /dev and no /proc inside. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Mount } from '../../sandbox/contain/runtime-process.ts';

/** Where they lie beside the packages. */
const FOLDER = '.devices';

/**
 * By the package that asks. Random numbers are the same ones always: what is drawn from them before the grader has given its own
 * seed would otherwise differ from run to run.
 */
const asked: Readonly<Record<string, Readonly<Record<string, () => Uint8Array>>>> = {
  torch: { '/dev/urandom': () => pseudorandom(4096) },
  tensorflow: { '/dev/urandom': () => pseudorandom(4096) },
};

function pseudorandom(bytes: number): Uint8Array {
  const blocks = Array.from({ length: bytes / 32 }, (_, i) => createHash('sha256').update(`gradmark ${i}`).digest());
  return Buffer.concat(blocks);
}

/** Writes what these packages ask for into the folder of the packages. */
export async function writeDeviceFiles(packages: readonly string[], into: string): Promise<void> {
  const files = Object.assign({}, ...packages.map((name) => asked[name])) as Record<string, () => Uint8Array>;
  for (const [at, content] of Object.entries(files)) {
    await mkdir(dirname(join(into, FOLDER, at)), { recursive: true });
    await writeFile(join(into, FOLDER, at), content());
  }
  await writeFile(join(into, 'devices.json'), JSON.stringify(Object.keys(files)));
}

/** Where the files of that folder are seen inside. */
export async function deviceMounts(folder: string): Promise<Mount[]> {
  const places = JSON.parse(await readFile(join(folder, 'devices.json'), 'utf8')) as string[];
  return places.map((at) => ({ from: join(folder, FOLDER, at), at }));
}
