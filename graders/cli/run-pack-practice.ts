/** What `gradmark pack-practice` does. */
import { renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { draftOf } from '../gradebook/write-whole.ts';
import { makeFolders } from '../make-folders.ts';
import { makePack } from '../packing/make-pack.ts';
import type { Packing } from '../packing/make-pack.ts';
import { packFile } from '../practice/read-pack.ts';
import { exitCodes } from './exit-codes.ts';
import { openNamed } from './open-named.ts';

export interface PackPracticeOptions {
  out?: string;
  seed: number;
  json?: boolean;
  assignments: string[];
}

/** Makes the pack, writes it whole, and says what is in it and what only the course checks. */
export async function runPackPractice(slug: string, options: PackPracticeOptions): Promise<number> {
  const coursework = await openNamed(slug, options.assignments);
  process.stderr.write(`Packing ${slug}: every known mistake is tried …\n`);
  const packing = await makePack(coursework, options.seed);
  const path = options.out === undefined ? join(coursework.folder, packFile) : resolve(options.out);
  const text = `${JSON.stringify(packing.pack)}\n`;
  makeFolders(dirname(path));
  writeFileSync(draftOf(path), text);
  renameSync(draftOf(path), path);
  if (options.json === true) {
    const { checks } = packing.pack;
    const inPack = checks.flatMap(({ id, judges }) => (judges === undefined ? [] : [id]));
    process.stdout.write(
      `${JSON.stringify({ path, bytes: text.length, checks: inPack, left: packing.left }, null, 2)}\n`,
    );
  } else process.stdout.write(summary(path, text.length, packing));
  return exitCodes.done;
}

function summary(path: string, bytes: number, { pack, left }: Packing): string {
  const { checks, problems } = pack;
  const automatic = checks.filter(({ manual }) => manual !== true);
  const packed = automatic.filter(({ judges }) => judges !== undefined);
  const mistakes = Object.values(problems).reduce((sum, problem) => sum + problem.mistakes.length, 0);
  const only = automatic.filter(({ judges }) => judges === undefined).map(({ id }) => id);
  return [
    `${path}: ${Math.ceil(bytes / 1000)} kB`,
    `${packed.length} of ${automatic.length} automatic checks, ${Object.keys(problems).length} problems, ${mistakes} known mistakes.`,
    `Made by the course only: ${only.join(', ') || 'none'}.`,
    ...left.map(({ id, because }) => `  ${id}: ${because}`),
    '',
  ].join('\n');
}
