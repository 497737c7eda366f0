import { expect, test } from 'vitest';
import { arrayOf } from '../../numerics/arrays.ts';
import { agree } from './own-parts.ts';

test('answers agree up to rounding in single precision, and not beyond', () => {
  expect(agree(arrayOf([1, 2.00001]), arrayOf([1, 2]))).toBe(true);
  expect(agree(arrayOf([1, 2.01]), arrayOf([1, 2]))).toBe(false);
});

test('nothing agrees with a value that is not finite, or that is not there', () => {
  expect(agree(arrayOf([NaN]), arrayOf([NaN]))).toBe(false);
  expect(agree(undefined, arrayOf([1]))).toBe(false);
  expect(agree(arrayOf([1]), undefined)).toBe(false);
});
