import { expect, test } from 'vitest';
import type { SplitCase } from '../mistakes/data/standardise.ts';
import { standardiseProgram } from '../mistakes/data/standardise.ts';
import type { PipelineRun } from './table-pipeline.ts';
import { holdsIn, expectedOf, holds } from './table-values.ts';

const standardised = (split: SplitCase) => standardiseProgram.run(split, standardiseProgram.right);

/** Rows 0 and 1 have first features that are two numbers in double precision and one in single precision. */
const x = [
  [1, 30],
  [1 + 1e-9, -10],
  [2, 5],
  [4, 7],
];

/** A right pipeline in float32 that delivers rows 1, 0, 2 for training and row 3 for validation. */
function rightRun(): PipelineRun {
  const batch = (ids: number[], rows: number[][]) => ({ ids, rows, featureShape: [], targetShape: [] });
  const run = {
    batchSize: 32,
    x,
    n: x.length,
    first: [batch([1, 0, 2], [])],
    val: [batch([3], [])],
  } as unknown as PipelineRun;
  const { train, validation } = expectedOf(run, standardised);
  const rowsOf = ({ data }: { data: Float64Array }) =>
    Array.from({ length: data.length / 2 }, (_, i) => [...data.slice(2 * i, 2 * i + 2)].map(Math.fround));
  run.first[0]!.rows = rowsOf(train!);
  run.val[0]!.rows = rowsOf(validation!);
  return run;
}

test('right rows hold although two of them cannot be sorted by their first feature in float32', () => {
  const run = rightRun();
  const expected = expectedOf(run, standardised);
  expect(holdsIn(run, expected, false)).toBe(false);
  expect(holds(run, expected)).toBe(true);
});

test('right rows hold in another order than their targets, and wrong rows in none', () => {
  const run = rightRun();
  run.first[0]!.rows = [2, 1, 0].map((i) => run.first[0]!.rows[i]!);
  const expected = expectedOf(run, standardised);
  const moved = { ...run, first: [{ ...run.first[0]!, rows: run.first[0]!.rows.map(([a, b]) => [a!, b! + 0.01]) }] };
  expect(holdsIn(run, expected, true)).toBe(false);
  expect(holds(run, expected)).toBe(true);
  expect(holds(moved, expected)).toBe(false);
});
