import { expect, test } from 'vitest';
import { arrayOf } from '../../numerics/arrays.ts';
import { agree } from './agreement.ts';

test('answers agree up to rounding, with the same gaps, and in the same shape alone', () => {
  expect(agree(arrayOf([1, 2 + 1e-12]), arrayOf([1, 2]))).toBe(true);
  expect(agree(arrayOf([1, NaN]), arrayOf([1, NaN]))).toBe(true);
  expect(agree(arrayOf([1, 2]), arrayOf([1, NaN]))).toBe(false);
  expect(agree(arrayOf([[1, 2]]), arrayOf([1, 2]))).toBe(false);
});

test('empty arrays agree with nothing, and nothing is thrown', () => {
  expect(agree(arrayOf([]), arrayOf([]))).toBe(false);
});
