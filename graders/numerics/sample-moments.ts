/**
 * Mean and spread of draws whose law is free: what the sheet asks for is a mean and a variance, and every law that has them is
 * right. As for laws (sample-laws.ts) a right program is wronged less than once in a million, and a rejection has to repeat.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { couldHave, momentsOf } from 'gradmark/numerics/sample-moments';
 * import { createRandom } from 'gradmark/random';
 *
 * const random = createRandom(8);
 * const draws = Array.from({ length: 1000 }, () => random.normal(2, 1));
 * assert.ok(Math.abs(momentsOf(draws).mean - 2) < 0.2);
 * assert.ok(couldHave([draws], { mean: 2, rms: Math.sqrt(5) }));
 * assert.ok(!couldHave([draws], { mean: 0, rms: 1 }));
 * ```
 */

export interface FirstMoments {
  mean: number;
  /** Root mean square, about zero. */
  rms: number;
}

interface Measured extends FirstMoments {
  /** Fourth moment over the squared second, both about zero: how much the spread varies by chance. */
  kurtosis: number;
}

/** Standard errors that chance may be off, on the first draw and on the one that has to confirm it. */
const ERRORS = [5, 4] as const;
/** float32 leaves this much of a spread that is the same for every sample, e.g. of a law on two values. */
const ROUNDING = 1e-4;

export function momentsOf(values: ArrayLike<number>): Measured {
  let [first, second, fourth] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const square = values[i]! ** 2;
    first += values[i]! / values.length;
    second += square / values.length;
    fourth += square ** 2 / values.length;
  }
  return { mean: first, rms: Math.sqrt(second), kurtosis: second === 0 ? 0 : fourth / second ** 2 };
}

/** Whether one of the samples, the first draw or the confirming one, could have been drawn with this mean and spread. */
export const couldHave = (samples: readonly ArrayLike<number>[], { mean, rms }: FirstMoments): boolean =>
  samples.some((values, stage) => {
    const measured = momentsOf(values);
    const errors = ERRORS[Math.min(stage, 1)]!;
    const n = values.length;
    // Var(Σx²/n) = (κ − 1) E[x²]² / n, so the root has half that relative error.
    return (
      Math.abs(measured.mean - mean) <= errors * Math.sqrt((rms ** 2 - mean ** 2) / n) + ROUNDING * rms &&
      Math.abs(measured.rms / rms - 1) <= errors * Math.sqrt(Math.max(0, measured.kurtosis - 1) / 4 / n) + ROUNDING
    );
  });
