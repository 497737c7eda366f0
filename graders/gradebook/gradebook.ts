/**
 * What was graded, with what: one record per submission, for staff, written whole or not at all, so that an interrupted batch
 * resumes where it stopped and a reader never sees half a grade.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Grade, Results } from '../model/grade.ts';
import { fileName } from './file-name.ts';
import { fromJson, toJson } from './json.ts';
import { writeWhole } from './write-whole.ts';

/** Everything a grade depends on besides the submission; a stored grade counts only if all of it is the same. */
export type Provenance = Pick<
  Results,
  'assignment' | 'graderVersion' | 'seed' | 'round' | 'backend' | 'level' | 'containedBy' | 'feedback'
> & {
  /** Hash of the assignment, its checks and everything else that judges. */
  graderHash: string;
  /** The tasks that were graded, where not all were. */
  only?: readonly string[];
  /** Whether expensive tasks were graded at full size, and whether real data sets were at hand. */
  full: boolean;
  data: boolean;
};

interface Entry {
  schema: 'gradmark/result/v1';
  provenance: Provenance;
  grade: Grade;
}

/** Stores the grade of one submission under `<outDir>/records/<id>.json`: expected values and staff notes included. */
export async function recordGrade(outDir: string, provenance: Provenance, grade: Grade): Promise<void> {
  const entry: Entry = { schema: 'gradmark/result/v1', provenance, grade };
  await writeWhole(recordPath(outDir, grade.id), toJson(entry));
}

/** The stored grade of this very submission under this very provenance, or undefined. A damaged file counts as absent. */
export async function recallGrade(
  outDir: string,
  provenance: Provenance,
  submission: { id: string; sha256: string },
): Promise<Grade | undefined> {
  let entry: Partial<Entry> | null;
  try {
    entry = fromJson(await readFile(recordPath(outDir, submission.id), 'utf8')) as Partial<Entry> | null;
  } catch {
    return undefined;
  }
  const { schema, provenance: graded, grade } = entry ?? {};
  const same = schema === 'gradmark/result/v1' && toJson(graded) === toJson(provenance);
  // A held grade is our trouble: it is tried again, not remembered.
  return same && grade?.sha256 === submission.sha256 && !grade.held ? grade : undefined;
}

/** Stores the whole batch under `<outDir>/results.json`. */
export async function recordResults(outDir: string, results: Results): Promise<void> {
  await writeWhole(join(outDir, 'results.json'), toJson(results));
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

const recordPath = (outDir: string, id: string) => join(outDir, 'records', `${fileName(id)}.json`);
