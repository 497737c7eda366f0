import { expect, test } from 'vitest';
import { asShares } from './percent.ts';

test('percent are shares where one is more than all; a number that is neither stays', () => {
  expect(asShares([87.5, 0.5])).toEqual([0.875, 0.005]);
  expect(asShares([0.875, 1])).toEqual([0.875, 1]);
  expect(asShares([101, 2])).toEqual([101, 2]);
});
