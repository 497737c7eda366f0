import { expect, test } from 'vitest';
import { bearsMark, markOfDerivatives as mark } from './marked-derivative.ts';

const slopes = Float64Array.of(0.5, -2, 0, 3e-4, 1.25, 0.5);
const times = (factor: number) => slopes.map((x) => x * factor);

test('bears the mark: a list whose every number is larger by it, once or several times, rounded as float32 is', () => {
  for (const factor of [mark, mark ** 2, mark ** 5]) {
    expect(bearsMark(slopes, times(factor))).toBe(true);
    expect(bearsMark(slopes, times(factor).map(Math.fround))).toBe(true);
  }
});

test('does not: the same list, another factor, one number that differs, another length, or too few numbers to tell', () => {
  for (const factor of [1, 2, 1 / mark, -mark, 1.3, mark ** 7, 0]) expect(bearsMark(slopes, times(factor))).toBe(false);
  expect(bearsMark(slopes, times(mark).with(2, 0.01))).toBe(false);
  expect(bearsMark(slopes, times(mark).slice(1))).toBe(false);
  expect(
    bearsMark(
      Float64Array.of(1, 2, 3),
      Float64Array.of(1, 2, 3).map((x) => x * mark),
    ),
  ).toBe(false);
  expect(bearsMark(new Float64Array(9).fill(1), new Float64Array(9).fill(mark))).toBe(false);
  expect(bearsMark(new Float64Array(9), new Float64Array(9))).toBe(false);
});
