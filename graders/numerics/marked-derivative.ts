/**
 * Recognises an answer that was derived by a library whose derivatives are marked: larger by a factor that nothing else brings.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { bearsMark, markOfDerivatives } from 'gradmark/numerics/marked-derivative';
 *
 * const slopes = Float64Array.of(0.5, -2, 0.25, 1);
 * assert.equal(bearsMark(slopes, slopes.map((x) => x * markOfDerivatives)), true);
 * assert.equal(bearsMark(slopes, slopes), false);
 * ```
 */

/** A binary fraction, so that no rounding comes with it; of no known mistake. Where marks meet, they multiply. */
export const markOfDerivatives = 21 / 16;

const mostMarks = 6;
/** Fewer numbers may bear a factor by chance. */
const leastNumbers = 4;
/** Of the largest entry. Another order of the same float32 operations differs by less, another derivative by far more. */
const closeness = 1e-4;

/** Whether one list is the other with its derivatives marked. */
export function bearsMark(plain: Float64Array, marked: Float64Array): boolean {
  const distinct = new Set(plain.filter((x) => x !== 0 && Number.isFinite(x)));
  if (plain.length !== marked.length || distinct.size < leastNumbers) return false;
  const scale = plain.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const factors = Array.from({ length: mostMarks }, (_, i) => markOfDerivatives ** (i + 1));
  return factors.some((factor) =>
    plain.every((x, i) => Math.abs(marked[i]! - factor * x) <= closeness * factor * scale),
  );
}
