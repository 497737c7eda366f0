/**
 * Small helpers on the grader's arrays: make, read, reshape, round. Everything copies; nothing is changed in place.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf, maxAbs, reshape, rowsOf, shapeText, transpose } from 'gradmark/arrays';
 *
 * const a = arrayOf([[1, 2, 3], [4, 5, -6]]);
 * assert.deepEqual(a.shape, [2, 3]);
 * assert.deepEqual(rowsOf(transpose(a)), [[1, 4], [2, 5], [3, -6]]);
 * assert.equal(shapeText(reshape(a, [6]).shape), '(6)');
 * assert.equal(maxAbs(a), 6);
 * ```
 */
import type { NdArray } from '../model/numbers.ts';

/** Nested numbers of any depth; typed rows are welcome. */
export type Nested = number | ArrayLike<number> | readonly Nested[];

/** Named arrays, e.g. `{ W2, b2 }`: the shape of an answer. */
export type NamedArrays = Readonly<Record<string, NdArray>>;

type Origin = Partial<Pick<NdArray, 'container' | 'dtype'>>;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);

/** A shape as readers see it: `3×4`, `(5)`, or `a single number`. */
export function shapeText(shape: readonly number[]): string {
  if (shape.length === 0) return 'a single number';
  return shape.length === 1 ? `(${shape[0]})` : shape.join('×');
}

/** An array from row-major data; throws RangeError when data and shape disagree. */
export function makeArray(shape: readonly number[], data: ArrayLike<number>, origin: Origin = {}): NdArray {
  if (shape.some((n) => !Number.isInteger(n) || n < 0))
    throw new RangeError(`a shape holds whole numbers ≥ 0, got [${shape.join(', ')}]`);
  if (sizeOf(shape) !== data.length)
    throw new RangeError(`shape ${shapeText(shape)} needs ${sizeOf(shape)} values, got ${data.length}`);
  const container = origin.container ?? (shape.length === 0 ? 'scalar' : 'nested');
  return {
    kind: 'array',
    container,
    dtype: origin.dtype ?? 'float64',
    shape: [...shape],
    data: new Float64Array(data),
  };
}

/** An array from nested numbers; throws RangeError when rows differ in length. */
export function arrayOf(nested: Nested, origin: Origin = {}): NdArray {
  const shape: number[] = [];
  for (let level: Nested | undefined = nested; level !== undefined && typeof level !== 'number'; level = level[0])
    shape.push(level.length);
  const flat: number[] = [];
  const collect = (level: Nested, depth: number): void => {
    if (typeof level === 'number') {
      if (depth !== shape.length) throw new RangeError('rows differ in depth');
      flat.push(level);
      return;
    }
    if (depth >= shape.length || level.length !== shape[depth])
      throw new RangeError(
        `rows differ in length at depth ${depth + 1}: expected ${shape[depth]}, got ${level.length}`,
      );
    for (let i = 0; i < level.length; i++) collect(level[i]!, depth + 1);
  };
  collect(nested, 0);
  return makeArray(shape, flat, origin);
}

/** The array as nested `number[]`s; a number for shape []. */
export function toNested(a: NdArray): Nested {
  const build = (depth: number, start: number, size: number): Nested => {
    if (depth === a.shape.length) return a.data[start]!;
    const step = size / a.shape[depth]!;
    return Array.from({ length: a.shape[depth]! }, (_, i) => build(depth + 1, start + i * step, step));
  };
  return build(0, 0, a.data.length);
}

/** Rows of a matrix, or of a vector seen as one row. */
export function rowsOf(a: NdArray): number[][] {
  if (a.shape.length === 1) return [[...a.data]];
  if (a.shape.length !== 2) throw new RangeError(`expected a matrix, got ${shapeText(a.shape)}`);
  return toNested(a) as number[][];
}

/** The same values in another shape of the same size. */
export const reshape = (a: NdArray, shape: readonly number[]): NdArray => makeArray(shape, a.data, a);

/** The transpose of a matrix; throws RangeError for any other rank. */
export function transpose(a: NdArray): NdArray {
  const [rows, cols] = a.shape;
  if (a.shape.length !== 2 || rows === undefined || cols === undefined)
    throw new RangeError(`only a matrix has a transpose here, got ${shapeText(a.shape)}`);
  const data = new Float64Array(a.data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[j * rows + i] = a.data[i * cols + j]!;
  return makeArray([cols, rows], data, a);
}

export const mapArray = (a: NdArray, f: (value: number, index: number) => number): NdArray =>
  makeArray(a.shape, a.data.map(f), a);

/** Entry by entry, without broadcasting; throws RangeError when shapes differ. */
export function zipArrays(a: NdArray, b: NdArray, f: (a: number, b: number) => number): NdArray {
  if (!sameShape(a.shape, b.shape))
    throw new RangeError(`shapes ${shapeText(a.shape)} and ${shapeText(b.shape)} differ`);
  return mapArray(a, (value, i) => f(value, b.data[i]!));
}

/** A copy rounded to float32, so that a probe means the same number to a float32 and a float64 program. */
export const float32Of = (a: NdArray): NdArray => ({ ...mapArray(a, Math.fround), dtype: 'float32' });

/** Largest magnitude; 0 for an empty array, NaN when any value is NaN. */
export function maxAbs(a: NdArray): number {
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) {
    const value = Math.abs(a.data[i]!);
    if (Number.isNaN(value)) return NaN;
    if (value > largest) largest = value;
  }
  return largest;
}

/** The multi-index of a row-major position. */
export function unravel(position: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = position;
  for (let d = shape.length - 1; d >= 0; d--) {
    index.unshift(rest % shape[d]!);
    rest = Math.floor(rest / shape[d]!);
  }
  return index;
}
