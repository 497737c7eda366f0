import { expect, test } from 'vitest';
import { digitsCsv } from '../../../assignments/numpy-mlp-digits/starter/digits-csv.ts';
import { givenDigits } from './digits.ts';

test('the grader draws the same digits as the given digits-csv.ts', () => {
  const { x, digits } = givenDigits();
  expect(x.map((row, i) => [...row, digits[i]].join(',')).join('\n') + '\n').toBe(digitsCsv());
});

test('the given digits have 1797 images, every digit often, and all grey values', () => {
  const { x, digits } = givenDigits();
  expect(x).toHaveLength(1797);
  const counts = Array.from({ length: 10 }, (_, digit) => digits.filter((d) => d === digit).length);
  expect(Math.min(...counts)).toBeGreaterThan(130);
  expect(new Set(x.flat()).size).toBe(17);
});
