/**
 * Random values for the names of a formula.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { simplex, twoIndices, uniforms } from 'gradmark/formula-domains';
 * import { createRandom } from 'gradmark/random';
 *
 * const random = createRandom(3);
 * assert.ok(Math.abs(simplex(random, 4).reduce((sum, p) => sum + p, 0) - 1) < 1e-12);
 * assert.ok(uniforms(random, 9).every((x) => Math.abs(x) <= 2));
 * assert.ok(twoIndices(random, 5).every((index) => index < 5));
 * ```
 */
import type { Random } from '../numerics/random.ts';

/** Independent values between low and high. */
export function uniforms(random: Random, count: number, low = -2, high = 2): number[] {
  return Array.from({ length: count }, () => random.uniform(low, high));
}

/** `count` positive numbers that sum to 1, none smaller than about 0.02/count: predictions or soft targets. */
export function simplex(random: Random, count: number): number[] {
  const raw = uniforms(random, count, 0.02, 1);
  const total = raw.reduce((sum, x) => sum + x, 0);
  return raw.map((x) => x / total);
}

/** Two positions below `count`, equal in half of all draws: both cases of a Kronecker delta. */
export function twoIndices(random: Random, count: number): [number, number] {
  const first = random.integer(count);
  return [first, random.next() < 0.5 ? first : random.integer(count)];
}
