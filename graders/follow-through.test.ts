import { expect, test } from 'vitest';
import { agree, leadsSomewhere } from './follow-through.ts';
import { arrayOf } from './numerics/arrays.ts';
import { exact, scaledBand } from './numerics/tolerance.ts';

const a = arrayOf([1, -2, 3]);

test('equal up to the accepting end of the band', () => {
  expect(agree(arrayOf([1, -2, 3.0005]), a)).toBe(true);
  expect(agree(arrayOf([1, -2, 3.001]), a)).toBe(false);
});

test('what is not finite equals nothing, in the same place and of the same kind included', () => {
  for (const odd of [NaN, Infinity, -Infinity]) {
    expect(agree(arrayOf([1, odd, 3]), arrayOf([1, odd, 3]))).toBe(false);
    expect(agree(arrayOf([odd]), arrayOf([odd]))).toBe(false);
    expect(agree(arrayOf([1, odd, 3]), a)).toBe(false);
    expect(agree(a, arrayOf([1, odd, 3]))).toBe(false);
  }
});

test('nothing agrees with what is missing, empty or of another shape', () => {
  expect(agree(undefined, a)).toBe(false);
  expect(agree(a, undefined)).toBe(false);
  expect(agree(undefined, undefined)).toBe(false);
  expect(agree(arrayOf([]), arrayOf([]))).toBe(false);
  expect(agree(arrayOf([[1, -2, 3]]), a)).toBe(false);
});

test('zeros lead nowhere, and neither does what is not the answer', () => {
  expect(leadsSomewhere({ a }, { a })).toBe(true);
  expect(leadsSomewhere({ a: arrayOf([0, 0]) }, { a: arrayOf([0, 0]) })).toBe(false);
  expect(leadsSomewhere({ a: arrayOf([1, 2, 4]) }, { a })).toBe(false);
  expect(leadsSomewhere({ a: arrayOf([0]), b: a }, { a: arrayOf([0]), b: a })).toBe(true);
});

test('one entry that is not zero leads somewhere; another band may be asked for', () => {
  const mixed = arrayOf([0, 1]);
  expect(leadsSomewhere({ a: mixed }, { a: mixed })).toBe(true);
  expect(leadsSomewhere({}, { a })).toBe(false);
  const rough = scaledBand('rough', 0.5, 0.5, 'a test');
  expect(leadsSomewhere({ a: arrayOf([1, -2, 4]) }, { a }, rough)).toBe(true);
  expect([agree(arrayOf([1, -2, 4]), a, rough), agree(arrayOf([1, -2, 4]), a, exact)]).toEqual([true, false]);
});
