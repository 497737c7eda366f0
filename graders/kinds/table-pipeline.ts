/** Pipelines of a table's rows: the batches as they come, and which row of the table each example was. */
import type { Arg, Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray, rowsOf } from '../numerics/arrays.ts';
import { ProgramStopped } from '../stopped.ts';
import { arrayFrom, fieldOf, inWords, isArray, isHandle, itemsOf, numberOf } from '../values.ts';
import { onlyBatchesMove } from './shuffles.ts';

/** The function that makes a pipeline of features and targets, and how it is asked. */
export interface PipelineCall {
  unit: string;
  name: string;
  batchSize: number;
  options: Arg;
}

/** One batch, with the row of the table that its targets point at. */
export interface ReadBatch {
  rows: number[][];
  /** Index of the table's row; −1 where the target is none that went in. */
  ids: number[];
  targets: number[];
  featureShape: readonly number[];
  targetShape: readonly number[];
}

export interface PipelineRun {
  batchSize: number;
  /** The table that went in; the target of row i is i + 1. */
  x: number[][];
  n: number;
  /** Two passes over the training data. */
  first: ReadBatch[];
  second: ReadBatch[];
  val: ReadBatch[];
  claimed: { nTrain: number | undefined; nVal: number | undefined };
  mean: NdArray | undefined;
  std: NdArray | undefined;
  spec: Value;
  /** Set where a script stands for the function: it holds the data sets, and tells no sizes and statistics beside them. */
  isScript?: true;
  /** A fresh pass over the training data. */
  again(): Promise<ReadBatch[]>;
}

/** Runs the pipeline on a table whose targets are the numbers of its rows, from 1 on. */
export async function runPipeline(
  guest: Guest,
  x: number[][],
  { unit, name, batchSize, options }: PipelineCall,
): Promise<PipelineRun> {
  const n = x.length;
  const targets = x.map((_, i) => i + 1);
  const sent = [nested([n, x[0]!.length], x.flat()), nested([n], targets), options];
  const { value, takenFrom } = await guest.call({ module: unit, name }, sent, { keep: 'handle' });
  if (!isHandle(value)) {
    throw new ProgramStopped(
      'crash',
      `${name} should return an object with train and val; it returns ${inWords(value)}.`,
    );
  }
  const read = (path: string) => guest.get(value.id, path);
  const pass = async (part: 'train' | 'val') => {
    const dataset = await guest.get(value.id, part, { keep: 'handle' });
    if (!isHandle(dataset)) {
      throw new ProgramStopped(
        'crash',
        `${name} should return a tf.data.Dataset as ${part}; it returns ${inWords(dataset)}.`,
      );
    }
    // A few more than there can be, so that a dataset that repeats itself shows.
    const batches = await guest.take(dataset.id, Math.ceil(n / batchSize) + 4, { wallMs: 15_000 });
    return batches.map((batch) => readBatch(batch, n, x[0]!.length));
  };
  const passes = { first: await pass('train'), second: await pass('train'), val: await pass('val') };
  const isScript = takenFrom !== undefined;
  const nVal = idsOf(passes.val).length;
  return {
    batchSize,
    x,
    n,
    ...passes,
    ...(isScript && { isScript }),
    claimed: isScript
      ? { nTrain: n - nVal, nVal }
      : { nTrain: numberOf(await read('nTrain')), nVal: numberOf(await read('nVal')) },
    mean: arrayFrom(await read('mean')),
    std: arrayFrom(await read('std')),
    spec: await read('elementSpec'),
    again: () => pass('train'),
  };
}

const nested = (shape: readonly number[], values: readonly number[]): NdArray =>
  makeArray(shape, values, { container: 'nested', dtype: 'float64' });

function readBatch(batch: Value, n: number, features: number): ReadBatch {
  const [xs, ys] = itemsOf(batch) ?? [fieldOf(batch, 'xs'), fieldOf(batch, 'ys')];
  if (xs === undefined || ys === undefined || xs === null || ys === null || !isArray(xs) || !isArray(ys)) {
    throw new ProgramStopped('crash', `A batch should be { xs, ys } with two tensors; yours is ${inWords(batch)}.`);
  }
  if (xs.shape.length !== 2 || xs.shape[1] !== features) {
    throw new ProgramStopped(
      'crash',
      `The features of a batch should have the shape [batch, ${features}]; yours have [${xs.shape.join(', ')}]. Call batch on the dataset.`,
    );
  }
  if (ys.data.length !== xs.shape[0]) {
    throw new ProgramStopped(
      'crash',
      `A batch should hold one target for each row; yours has ${xs.shape[0]} rows and targets of shape [${ys.shape.join(', ')}].`,
    );
  }
  const ids = Array.from(ys.data, (target) => {
    const id = Math.round(target) - 1;
    return Math.abs(target - Math.round(target)) < 1e-3 && id >= 0 && id < n ? id : -1;
  });
  return { rows: rowsOf(xs), ids, targets: [...ys.data], featureShape: xs.shape, targetShape: ys.shape };
}

/** All ids of a pass, in order. */
export const idsOf = (batches: readonly ReadBatch[]): number[] => batches.flatMap((batch) => batch.ids);

/** Whether the second pass has the batches of the first one in another order. */
export const movesBatches = ({ first, second }: PipelineRun): boolean =>
  idsOf(first).join() !== idsOf(second).join() &&
  onlyBatchesMove([first, second].map((batches) => batches.map(({ ids }) => ids)));

/** Whether every target is one that went in: rows are known by their targets. */
export const isReadable = (run: PipelineRun): boolean => ![...idsOf(run.first), ...idsOf(run.val)].includes(-1);

/**
 * The same run with its rows told by their features, for targets that belong to other rows or are no targets that went in:
 * one mean and one deviation for all rows keep the order of the first feature. Undefined where rows are missing or repeated.
 */
export function byFeatures(run: PipelineRun): PipelineRun | undefined {
  const key = (row: readonly number[]) => row[0]!;
  const given = [...run.first, ...run.val].flatMap(({ rows }) => rows.map(key)).sort((a, b) => a - b);
  if (given.length !== run.n) return undefined;
  const order = run.x.map((_, id) => id).sort((a, b) => key(run.x[a]!) - key(run.x[b]!));
  const idOf = new Map(given.map((value, k) => [value, order[k]!]));
  const again = (batches: readonly ReadBatch[]) =>
    batches.map((batch) => ({ ...batch, ids: batch.rows.map((row) => idOf.get(key(row)) ?? -1) }));
  return {
    ...run,
    first: again(run.first),
    second: again(run.second),
    val: again(run.val),
    again: async () => again(await run.again()),
  };
}
