/** Reads the practice pack of a coursework. */
import { join } from 'node:path';
import { readBySchema } from '../assignment/read-by-schema.ts';
import type { PracticePack } from './pack.ts';

/** The name of the pack in the folder of a coursework. */
export const packFile = 'practice.json';

/** A pack that cannot be used; the message says what is wrong with it and who can mend it. */
class PracticeError extends Error {
  override readonly name = 'PracticeError';
}

/** The pack in this folder; throws PracticeError where it is none. */
export async function readPack(folder: string): Promise<PracticePack> {
  const { data, mistakes } = await readBySchema(join(folder, packFile), 'practice', 'gradmark pack-practice makes it');
  if (mistakes.length > 0)
    throw new PracticeError(`${mistakes.slice(0, 3).join('\n')}\nMake it anew with gradmark pack-practice.`);
  return data as PracticePack;
}
