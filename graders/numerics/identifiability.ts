/**
 * How far answers lie from each other, tensor by tensor, in units of the expected one.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { answerDistance, liesApart } from 'gradmark/numerics/identifiability';
 *
 * const [right, wrong] = [{ W: arrayOf([4, 2]) }, { W: arrayOf([4, 1]) }];
 * assert.equal(answerDistance(right, wrong, right), 0.25);
 * assert.ok(liesApart(right, wrong, right, 0.2));
 * ```
 */
import type { NamedArrays } from './arrays.ts';
import { maxAbs, sameShape } from './arrays.ts';

/**
 * The distance of two answers, scaled per tensor by the expected one. Other names or shapes are infinitely far; entries
 * that are not finite are equal only to themselves.
 */
export function answerDistance(a: NamedArrays, b: NamedArrays, expected: NamedArrays): number {
  return distanceUpTo(Infinity, a, b, expected);
}

/** Whether the distance is more than `by`; it is not measured any further. */
export const liesApart = (a: NamedArrays, b: NamedArrays, expected: NamedArrays, by: number): boolean =>
  distanceUpTo(by, a, b, expected) > by;

/** The distance, or the first one found that is beyond `enough`. */
function distanceUpTo(enough: number, a: NamedArrays, b: NamedArrays, expected: NamedArrays): number {
  const parent = Math.max(...Object.values(expected).map(maxAbs));
  let farthest = 0;
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [x, y, reference] = [a[name], b[name], expected[name]];
    if (!x || !y || !reference || !sameShape(x.shape, y.shape)) return Infinity;
    const scale = maxAbs(reference) || parent || 1;
    for (let i = 0; i < x.data.length; i++) {
      const [p, q] = [x.data[i]!, y.data[i]!];
      if (p === q || Object.is(p, q)) continue;
      if (!Number.isFinite(p) || !Number.isFinite(q)) return Infinity;
      farthest = Math.max(farthest, Math.abs(p - q) / scale);
      if (farthest > enough) return farthest;
    }
  }
  return farthest;
}
