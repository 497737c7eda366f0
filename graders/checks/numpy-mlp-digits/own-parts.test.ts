import { expect, test } from 'vitest';
import { arrayOf } from '../../numerics/arrays.ts';
import { agree, leadsSomewhere } from './own-parts.ts';

test('answers agree up to rounding in single precision, and not beyond', () => {
  expect(agree(arrayOf([1, 2.00001]), arrayOf([1, 2]))).toBe(true);
  expect(agree(arrayOf([1, 2.01]), arrayOf([1, 2]))).toBe(false);
});

test('nothing agrees with a value that is not finite, with an empty array, or with what is not there', () => {
  expect(agree(arrayOf([NaN]), arrayOf([NaN]))).toBe(false);
  expect(agree(arrayOf([]), arrayOf([]))).toBe(false);
  expect(agree(arrayOf([1, 2]), arrayOf([]))).toBe(false);
  expect(agree(undefined, arrayOf([1]))).toBe(false);
  expect(agree(arrayOf([1]), undefined)).toBe(false);
});

test('parts that give nothing, or zeros alone, lead nowhere, although an answer of nothing agrees with them', () => {
  expect(leadsSomewhere({}, {})).toBe(false);
  expect(leadsSomewhere({ dW: arrayOf([0, 0]) }, { dW: arrayOf([0, 0]) })).toBe(false);
  expect(leadsSomewhere({ dW: arrayOf([2, 1]) }, { dW: arrayOf([1, 1]) })).toBe(false);
});

test('one part that gives no bias gradient still leads somewhere by its weights', () => {
  expect(leadsSomewhere({ dW: arrayOf([1, 2]) }, { dW: arrayOf([1, 2]), dB: arrayOf([0]) })).toBe(true);
});
