/**
 * Arithmetic in float32 with sums in a drawn order: what a correct program in single precision may differ by.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { matmul32, sum32 } from 'gradmark/numerics/single-precision';
 * import { createRandom } from 'gradmark/random';
 *
 * const random = createRandom(9);
 * assert.ok(Math.abs(sum32(new Array<number>(10).fill(0.1), random) - 1) < 1e-6);
 * assert.deepEqual([...matmul32(arrayOf([[1, 2]]), arrayOf([[3], [4]]), random).data], [11]);
 * ```
 */
import type { NdArray } from '../model/numbers.ts';
import { makeArray, shapeText } from './arrays.ts';
import type { Random } from './random.ts';

/** Σ terms in float32, every partial sum rounded, in an order drawn from `random`. */
export function sum32(terms: ArrayLike<number>, random: Random): number {
  let total = 0;
  for (const i of random.permutation(terms.length)) total = Math.fround(total + Math.fround(terms[i]!));
  return total;
}

/** The product of two matrices in float32; each entry sums its products in an order of its own. */
export function matmul32(A: NdArray, B: NdArray, random: Random): NdArray {
  const [m, k] = A.shape;
  const [k2, n] = B.shape;
  if (A.shape.length !== 2 || B.shape.length !== 2 || k !== k2)
    throw new RangeError(`matmul32: ${shapeText(A.shape)} and ${shapeText(B.shape)} do not fit`);
  const out = new Float64Array(m! * n!);
  const terms = new Float64Array(k!);
  for (let i = 0; i < m!; i++)
    for (let j = 0; j < n!; j++) {
      for (let l = 0; l < k!; l++) terms[l] = Math.fround(A.data[i * k! + l]!) * Math.fround(B.data[l * n! + j]!);
      out[i * n! + j] = sum32(terms, random);
    }
  return makeArray([m!, n!], out, { dtype: 'float32' });
}

/** Column sums of a matrix in float32, each in an order of its own. */
export function columnSums32(A: NdArray, random: Random): NdArray {
  const [rows, cols] = A.shape;
  if (A.shape.length !== 2) throw new RangeError(`columnSums32: expected a matrix, got ${shapeText(A.shape)}`);
  const sums = Array.from({ length: cols! }, (_, j) =>
    sum32(
      Array.from({ length: rows! }, (_, i) => A.data[i * cols! + j]!),
      random,
    ),
  );
  return makeArray([cols!], sums, { dtype: 'float32' });
}
