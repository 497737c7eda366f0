/** The values in a pipeline's batches: those that a split of the table should give, whichever rows are in it. */
import type { SplitCase } from '../mistakes/data/standardise.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { agree } from '../follow-through.ts';
import { float32 } from '../numerics/tolerance.ts';
import type { Answer } from '../question.ts';
import type { PipelineRun, ReadBatch } from './table-pipeline.ts';
import { byFeatures, idsOf, isReadable } from './table-pipeline.ts';

/** The raw rows of both parts in the order of the batches; training rows of a dropped batch come last. */
export function splitOf(run: PipelineRun): SplitCase {
  const [seen, val] = [idsOf(run.first), idsOf(run.val)];
  const known = new Set([...seen, ...val]);
  const dropped = run.x.map((_, id) => id).filter((id) => !known.has(id));
  const rows = (ids: readonly number[]) => ids.map((id) => run.x[id]!);
  // More than a batch is not a dropped batch but another split, which is judged elsewhere.
  return { train: rows(dropped.length < run.batchSize ? [...seen, ...dropped] : seen), validation: rows(val) };
}

/** What the rows of this split should be, as often as they come; `once` counts a repeated row once in the statistics. */
export function expectedOf(run: PipelineRun, compute: (split: SplitCase) => Answer, once = false): Answer {
  const split = splitOf(run);
  if (!once) return compute(split);
  const ids = [...new Set(idsOf(run.first))];
  const answer = compute({ ...split, train: ids.map((id) => run.x[id]!) });
  const place = new Map(ids.map((id, i) => [id, i]));
  return { ...answer, train: arrayOf(idsOf(run.first).map((id) => rowAt(answer['train']!, place.get(id)!))) };
}

/** What rows should be after a split: one of the forms that are right. */
type Form = (split: SplitCase) => Answer;

/** Runs of a pipeline on several tables. */
export interface TableRuns {
  runs: { given: PipelineRun; told: PipelineRun }[];
  forms: readonly Form[];
  /** What the targets are called: "the prices". */
  targets: string;
}

export const notTold = { earned: 0, skipped: 'Not judged: the rows cannot be told without their targets.' };
export const notJudgedEmpty = { earned: 0, skipped: 'Not judged: one of the two parts holds no rows.' };

/** The run with its rows told by their features, where only so its values follow one of the right forms; else as it is. */
export function withRowsTold(run: PipelineRun, forms: readonly Form[]): PipelineRun {
  const right = (one: PipelineRun) => isReadable(one) && forms.some((form) => hasValues(one, form));
  if (right(run)) return run;
  const other = byFeatures(run);
  return other !== undefined && right(other) ? other : run;
}

/** Whether there is a row in either part; without one nothing can be said about values. */
export const hasRows = ({ first, val }: PipelineRun): boolean =>
  [first, val].every((batches) => batches.some(({ rows }) => rows.length > 0) && idsOf(batches).length > 0);

/** Repeated rows cost their mark where batches are counted. */
export const hasValues = (run: PipelineRun, compute: (split: SplitCase) => Answer): boolean =>
  hasRows(run) && (holds(run, expectedOf(run, compute)) || holds(run, expectedOf(run, compute, true)));

const firstColumn = (batches: readonly ReadBatch[], run: PipelineRun): number[] => {
  const ids = idsOf(batches);
  return ids.map((_, i) => i).sort((a, b) => run.x[ids[a]!]![0]! - run.x[ids[b]!]![0]!);
};
const sortedRows = (rows: number[][]): number[][] => [...rows].sort((a, b) => a[0]! - b[0]!);

/** Whether both parts hold these values; unpaired, rows may stand in any order. */
export function holdsIn(run: PipelineRun, expected: Answer, paired: boolean): boolean {
  return (['train', 'validation'] as const).every((part) => {
    const batches = part === 'train' ? run.first : run.val;
    const theirs = batches.flatMap((batch) => batch.rows);
    const rows = Array.from({ length: theirs.length }, (_, i) => rowAt(expected[part]!, i));
    if (paired) return near(theirs, rows);
    const order = firstColumn(batches, run);
    return near(
      sortedRows(theirs),
      order.map((i) => rows[i]!),
    );
  });
}

/** The values in whatever order. Rows whose first features are equal in float32 cannot be sorted by them, but stand in their own order. */
export const holds = (run: PipelineRun, expected: Answer): boolean =>
  holdsIn(run, expected, true) || holdsIn(run, expected, false);

const rowAt = ({ data, shape }: Answer[string], i: number): number[] => [
  ...data.slice(i * shape[1]!, (i + 1) * shape[1]!),
];
/** Columns without deviation have no standardised values: nothing agrees with them. */
const near = (yours: number[][], expected: number[][]): boolean =>
  agree(arrayOf(yours), arrayOf(expected), { ...float32, accept: float32.reject });
