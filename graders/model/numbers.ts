/**
 * Numbers as they cross into the grader.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { NdArray } from 'gradmark/model/numbers';
 *
 * const data = Float64Array.of(1, NaN);
 * const pair: NdArray = { kind: 'array', container: 'tensor', dtype: 'float32', shape: [2], data };
 * assert.ok(Number.isNaN(pair.data[1]));
 * ```
 */

export type DType = 'float32' | 'float64' | 'int32' | 'uint8' | 'bool';

/** An n-dimensional array on the grader's side, row-major. Data is always widened to float64, so NaN, ±Inf and −0 survive. */
export interface NdArray {
  kind: 'array';
  /** What it was on the student's side: a tensor or variable of the library, a typed array, nested lists, `{data, shape}`, or one number. */
  container: 'tensor' | 'variable' | 'typed' | 'nested' | 'ndarray' | 'scalar';
  dtype: DType;
  shape: readonly number[];
  data: Float64Array;
}
