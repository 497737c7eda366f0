/** For tests: numbers of any shape against what was published. */
import { expect } from 'vitest';

export type Numbers = number | readonly Numbers[];

const flat = (x: Numbers): number[] => (typeof x === 'number' ? [x] : x.flatMap(flat));

/** Expects equal numbers, but for the rounding of sums in another order; `tolerance` is relative above 1, absolute below. */
export function same(actual: Numbers, expected: Numbers, tolerance = 1e-13): void {
  const [ours, theirs] = [flat(actual), flat(expected)];
  expect(ours).toHaveLength(theirs.length);
  const apart = ours.map((v, i) => Math.abs(v - theirs[i]!) / Math.max(1, Math.abs(theirs[i]!)));
  // NaN is never below.
  expect(apart.filter((difference) => !(difference <= tolerance))).toEqual([]);
}
