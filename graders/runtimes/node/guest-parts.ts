/**
 * Where the parts of the guest lie, and what tells two versions of it apart. What builds it, with a bundler and a parser, is loaded
 * by who has to build it.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keep, known } from '../../remembered.ts';
import { madeGuest } from './made-guest.ts';

export const here = dirname(fileURLToPath(import.meta.url));
export const guest = join(here, 'guest');
/** `.ts` in a checkout, `.js` in the published package. */
export const ending = extname(fileURLToPath(import.meta.url));
/** Only the package for students brings it. */
export const made = join(here, madeGuest);
export const isMade = existsSync(made);

const require = createRequire(import.meta.url);
const libraries = ['core', 'layers', 'data', 'backend-cpu', 'backend-wasm'].map((part) => `@tensorflow/tfjs-${part}`);

/** Changes whenever the bundle would: a hash over the guest's sources and the versions of Node, esbuild and tfjs. */
export async function guestFingerprint(): Promise<string> {
  return (ofThisProcess ??= await rememberedFingerprint());
}

/** Sources that change while a process runs are another program's. */
let ofThisProcess: string | undefined;

async function rememberedFingerprint(): Promise<string> {
  // A compiled program is made anew when any of these changes.
  const of = `guest ${process.versions.node} ${process.arch}`;
  const found = known(of);
  if (typeof found === 'string') return found;
  const fingerprint = await fingerprintNow();
  keep(of, fingerprint);
  return fingerprint;
}

async function fingerprintNow(): Promise<string> {
  const hash = createHash('sha256').update(`${process.versions.node} ${process.arch} ${versionOf('esbuild')}`);
  if (isMade) return hash.update(await readFile(made)).digest('hex');
  for (const name of libraries) hash.update(versionOf(name));
  for (const folder of [
    here,
    guest,
    join(here, 'language'),
    join(here, '../../protocol'),
    join(here, '../../numerics'),
  ]) {
    for (const file of (await readdir(folder)).sort()) {
      const isSource = extname(file) === ending && !basename(file, ending).endsWith('.test') && !file.endsWith('.d.ts');
      if (isSource) hash.update(file).update(await readFile(join(folder, file)));
    }
  }
  return hash.digest('hex');
}

const versionOf = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
