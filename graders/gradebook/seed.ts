/**
 * The seed of a batch, where nobody gave one. It is derived from everything that was handed in: the same class gets the same
 * probes on every machine, yet no student can know them before the deadline and hand in a table of answers to them. It is kept
 * beside the grades, so that a late submission is asked what the others were asked.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Refusal, Submission } from '../model/submission.ts';
import { toJson } from './json.ts';
import { writeWhole } from './write-whole.ts';

interface KeptSeed {
  schema: 'gradmark/batch/v1';
  assignment: string;
  seed: number;
}

/**
 * The seed that was given, or else the one kept in this folder for this assignment, or else one drawn from the submissions.
 * Whichever it is, the folder (if there is one) keeps it.
 */
export async function seedOfBatch(
  outDir: string | undefined,
  assignment: string,
  received: readonly (Submission | Refusal)[],
  given?: number,
): Promise<number> {
  if (outDir === undefined) return given ?? seedFrom(assignment, received);
  const path = join(outDir, 'batch.json');
  const kept = await recallSeed(path, assignment);
  const seed = given ?? kept ?? seedFrom(assignment, received);
  const batch: KeptSeed = { schema: 'gradmark/batch/v1', assignment, seed };
  if (seed !== kept) await writeWhole(path, toJson(batch));
  return seed;
}

/** 53 bits of the SHA-256 over the submissions' hashes: more than anyone searches for a submission that asks for a chosen seed. */
export function seedFrom(assignment: string, received: readonly (Submission | Refusal)[]): number {
  const hash = createHash('sha256').update(assignment);
  for (const one of received.map((item) => ('refused' in item ? '' : item.sha256)).sort()) hash.update(`\0${one}`);
  return Number(hash.digest().readBigUInt64BE() >> 11n);
}

async function recallSeed(path: string, assignment: string): Promise<number | undefined> {
  let kept: Partial<KeptSeed> | null;
  try {
    kept = JSON.parse(await readFile(path, 'utf8')) as Partial<KeptSeed> | null;
  } catch {
    return undefined;
  }
  const usable =
    kept?.schema === 'gradmark/batch/v1' && kept.assignment === assignment && Number.isSafeInteger(kept.seed);
  return usable ? kept?.seed : undefined;
}
