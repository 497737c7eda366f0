/** `results.json`: what follows from the gradebook, written whole for programs that read it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Results } from '../model/grade.ts';
import { fromJson, jsonPieces } from './json.ts';
import { writeWhole } from './write-whole.ts';

/** Stores the whole batch under `<outDir>/results.json`. */
export async function recordResults(outDir: string, results: Results): Promise<void> {
  await writeWhole(join(outDir, 'results.json'), jsonPieces(results));
}

/** Reads a finished batch. Throws with the path and what to do when it is absent or not a batch. */
export async function readResults(outDir: string): Promise<Results> {
  const path = join(outDir, 'results.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new Error(
      `${path} does not exist: grade something into this folder first (gradmark grade … --out ${outDir}).`,
    );
  }
  const results = fromJson(text) as Partial<Results>;
  if (results.schema !== 'gradmark/results/v1') throw new Error(`${path} is not a results file of gradmark.`);
  return results as Results;
}
