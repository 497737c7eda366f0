/**
 * Numbers as a reader sees them.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { inDigits, short } from 'gradmark/numerics/digits';
 *
 * assert.equal(short(2 / 3), '0.666667');
 * assert.equal(inDigits(2)(1234), '1200');
 * ```
 */

/** A number for a reader, with so many significant digits. */
export const inDigits =
  (digits: number) =>
  (value: number): string =>
    String(Number(value.toPrecision(digits)));

/** Six significant digits are enough to see which number it is. */
export const short = inDigits(6);
