import { expect, test } from 'vitest';
import { arrayOf } from '../numerics/arrays.ts';
import type { Reading } from '../question.ts';
import { roundingOf } from './judge-tensors.ts';

const printed = (half: number): Reading => ({ answer: {}, notes: [], printed: { loss: half } });
const shareOf = (half: number, loss: number) => roundingOf(printed(half), 'loss', arrayOf([loss]));

test('a loss that is printed with two decimals is right wherever these can be, down to a loss of 1', () => {
  expect(shareOf(5e-3, 1.7851) * 1.7851).toBeCloseTo(5e-3, 12);
  expect(shareOf(5e-3, 1)).toBe(5e-3);
  // Digits that say next to nothing of so small a number are no excuse for it.
  expect(shareOf(5e-3, 0.01)).toBe(5e-3);
});

test('what was returned and not printed has lost nothing', () => {
  expect(roundingOf({ answer: {}, notes: [] }, 'loss', arrayOf([2]))).toBe(0);
});
