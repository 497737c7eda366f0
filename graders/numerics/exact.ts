/**
 * Integer probes: sums of products of small integers are exact in float32 in any order, so nothing has to be tolerated.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { assertExact, compareExact, integerProbe } from 'gradmark/numerics/exact';
 * import { createRandom } from 'gradmark/random';
 *
 * const x = integerProbe([2, 3], createRandom(1));
 * assertExact(3, [8, 8]);
 * assert.equal(compareExact('x', x, x).distance, 0);
 * assert.throws(() => compareExact('x', x, arrayOf([0.5])), RangeError);
 * ```
 */
import type { TensorGap } from '../model/finding.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray, sizeOf } from './arrays.ts';
import { compareTensor } from './compare.ts';
import type { Random } from './random.ts';
import { exact } from './tolerance.ts';

/** Integers up to this magnitude are exact in float32. */
const FLOAT32_INTEGERS = 2 ** 24;

/** Integers from ±1..±limit (never 0, which would hide a missing factor), exact in every precision. */
export function integerProbe(shape: readonly number[], random: Random, limit = 8): NdArray {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`integerProbe: limit must be ≥ 1, got ${limit}`);
  const draw = (): number => (random.next() < 0.5 ? -1 : 1) * (1 + random.integer(limit));
  return makeArray(shape, Array.from({ length: sizeOf(shape) }, draw));
}

/**
 * Throws RangeError unless a sum of `terms` products of factors with these largest magnitudes is exact in float32, i.e.
 * terms · Π limits < 2^24. Call it where a probe is designed: a violation is our fault, not the student's.
 */
export function assertExact(terms: number, limits: readonly number[]): void {
  const bound = limits.reduce((product, limit) => product * limit, terms);
  if (!(bound < FLOAT32_INTEGERS))
    throw new RangeError(
      `${terms} products up to ${limits.join('·')} reach ${bound}: not exact in float32, stay below 2^24`,
    );
}

/** Compares with `===`; throws RangeError when the expected values are not integers that float32 holds. */
export function compareExact(name: string, yours: NdArray, expected: NdArray): TensorGap {
  if (!expected.data.every((value) => Number.isInteger(value) && Math.abs(value) <= FLOAT32_INTEGERS))
    throw new RangeError(`expected ${name} must hold integers up to 2^24 to be compared exactly`);
  return compareTensor(name, yours, expected, exact);
}
