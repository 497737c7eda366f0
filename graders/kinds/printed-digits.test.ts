import { expect, test } from 'vitest';
import { leftOpen } from './printed-digits.ts';

test('a printed number is as good as its last decimal, from the fourth on', () => {
  const open = (...numbers: number[]) => Number(leftOpen(numbers).toPrecision(6));
  expect([open(0.974), open(0.97398), open(2, 1.5), open(12.345678)]).toEqual([5e-5, 5e-6, 5e-5, 5e-7]);
  // Two decimals say too little: what is taken is what four of them would leave open.
  expect(open(0.97)).toBe(5e-5);
});

test('a number with all its digits leaves nothing open, in whatever company', () => {
  expect([leftOpen([0.1 + 0.2]), leftOpen([1, 2 / 3, 0.5]), leftOpen([1e-9 / 3]), leftOpen([1e-9])]).toEqual([
    0, 0, 0, 0,
  ]);
  expect(leftOpen([Infinity, NaN, 1 / 3])).toBe(0);
});
