/**
 * Rows of numbers beside each other in one array, as they are kept and sent.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { packed, unpacked } from 'gradmark/numerics/packed-rows';
 *
 * const numbers = packed([[1, 2, 3], [4, 5, 6]]);
 * assert.deepEqual([...numbers], [1, 2, 3, 4, 5, 6]);
 * assert.equal(packed(unpacked(numbers, 3)), numbers);
 * ```
 */

type Rows = readonly ArrayLike<number>[];

/** Of rows that were put together from numbers beside each other, those numbers; nobody changes either. */
const packedBefore = new WeakMap<Rows, Float64Array>();

/** All numbers, row after row. */
export function packed(rows: Rows): Float64Array {
  const before = packedBefore.get(rows);
  if (before !== undefined) return before;
  const numbers = new Float64Array(rows.reduce((sum, row) => sum + row.length, 0));
  let filled = 0;
  for (const row of rows) {
    numbers.set(row, filled);
    filled += row.length;
  }
  return numbers;
}

/** The rows of so many numbers each; `packed` gives the same array back. In plain loops: it may be a hundred thousand numbers. */
export function unpacked(numbers: Float64Array, columns: number): number[][] {
  const rows: number[][] = [];
  for (let at = 0; at < numbers.length; at += columns) {
    const row: number[] = [];
    for (let i = at; i < at + columns; i++) row.push(numbers[i]!);
    rows.push(row);
  }
  packedBefore.set(rows, numbers);
  return rows;
}
