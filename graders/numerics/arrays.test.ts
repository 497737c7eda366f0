import { describe, expect, it } from 'vitest';
import {
  arrayOf,
  float32Of,
  makeArray,
  mapArray,
  maxAbs,
  reshape,
  rowsOf,
  shapeText,
  toNested,
  transpose,
  unravel,
  zipArrays,
} from './arrays.ts';

const cube = [
  [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  [
    [7, 8],
    [9, 10],
    [11, 12],
  ],
];

describe('arrays', () => {
  it('nested numbers survive the way in and out, at any depth', () => {
    expect(arrayOf(cube).shape).toEqual([2, 3, 2]);
    expect(toNested(arrayOf(cube))).toEqual(cube);
    expect(arrayOf(3)).toMatchObject({ shape: [], container: 'scalar' });
    expect(toNested(arrayOf(3))).toBe(3);
    expect(arrayOf([new Float32Array([1, 2]), [3, 4]]).data).toEqual(new Float64Array([1, 2, 3, 4]));
    expect(arrayOf([]).shape).toEqual([0]);
  });

  it('ragged rows and mixed depths are refused', () => {
    expect(() => arrayOf([[1, 2], [3]])).toThrow(/rows differ in length at depth 2: expected 2, got 1/);
    expect(() => arrayOf([[1], 2])).toThrow(/depth/);
    expect(() => arrayOf([1, [2]])).toThrow(/rows differ/);
  });

  it('data that does not fill the shape is refused', () => {
    expect(() => makeArray([2, 3], [1, 2, 3])).toThrow('shape 2×3 needs 6 values, got 3');
    expect(() => makeArray([-1], [])).toThrow(/whole numbers/);
  });

  it('a transpose exchanges rows and columns and leaves the original alone', () => {
    const a = arrayOf([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(toNested(transpose(a))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(a.shape).toEqual([2, 3]);
    expect(() => transpose(arrayOf([1, 2]))).toThrow(/only a matrix/);
  });

  it('map, zip and reshape copy', () => {
    const a = arrayOf([1, 2]);
    expect(toNested(mapArray(a, (v) => -v))).toEqual([-1, -2]);
    expect(toNested(zipArrays(a, a, (x, y) => x * y))).toEqual([1, 4]);
    expect(reshape(a, [2, 1]).shape).toEqual([2, 1]);
    expect([...a.data]).toEqual([1, 2]);
    expect(() => zipArrays(a, arrayOf([1, 2, 3]), Math.max)).toThrow(/shapes \(2\) and \(3\) differ/);
  });

  it('float32 copies round every value and say so', () => {
    const rounded = float32Of(arrayOf([0.1]));
    expect(rounded.data[0]).toBe(Math.fround(0.1));
    expect(rounded.dtype).toBe('float32');
  });

  it('NaN is not hidden by a larger value', () => {
    expect(maxAbs(arrayOf([1, NaN, -5]))).toBeNaN();
    expect(maxAbs(arrayOf([1, -5]))).toBe(5);
    expect(maxAbs(arrayOf([]))).toBe(0);
  });

  it('a flat position is told as an index', () => {
    expect(unravel(7, [2, 3, 2])).toEqual([1, 0, 1]);
    expect(unravel(0, [])).toEqual([]);
  });

  it('shapes are told in words', () => {
    expect([[], [3], [3, 4]].map(shapeText)).toEqual(['a single number', '(3)', '3×4']);
    expect(rowsOf(arrayOf([1, 2]))).toEqual([[1, 2]]);
  });
});
