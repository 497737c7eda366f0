/**
 * Uniform, normal or truncated normal? Tests that tell laws of equal variance apart with few draws.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { kurtosisTest, missingTailTest, uniformCdf } from 'gradmark/numerics/distribution-shape';
 * import { createRandom } from 'gradmark/random';
 *
 * const random = createRandom(2);
 * const draws = Array.from({ length: 1000 }, () => random.uniform(-1, 1));
 * assert.equal(kurtosisTest(draws, 'uniform').rejected, false);
 * assert.equal(missingTailTest(draws, Math.sqrt(1 / 3), Math.sqrt(3)).rejected, true);
 * assert.equal(uniformCdf(-1, 1)(0), 0.5);
 * ```
 */
import { normalCdf, normalUpper } from './special-functions.ts';
import type { StatisticalTest } from './statistics.ts';
import { binomialTest, CHECK_ALPHA, concluded, moments, normalTwoSided } from './statistics.ts';

/**
 * A normal law cut at ±2 sd keeps 0.7737 of its variance: 1 − 4φ(2)/(2Φ(2) − 1). Libraries that do not correct for it draw
 * weights with 0.8796 of the nominal standard deviation.
 */
export const TRUNCATED_VARIANCE = 0.7737413035499232;

/** Kurtosis of the laws weights are drawn from. */
export const KURTOSIS = { normal: 3, uniform: 1.8, truncatedNormal: 2.3655 } as const;

/** P(X ≤ x) of U[low, high]. */
export const uniformCdf = (low: number, high: number) => (x: number) =>
  Math.max(0, Math.min(1, (x - low) / (high - low)));

/** P(X ≤ x) of N(mean, sd²). */
export const normalCdfOf = (mean: number, sd: number) => (x: number) => normalCdf((x - mean) / sd);

/** P(X ≤ x) of N(0, sd²) cut at ±cut·sd. */
export const truncatedNormalCdf = (sd: number, cut: number) => (x: number) => {
  const edge = normalUpper(cut);
  return Math.max(0, Math.min(1, (normalCdf(x / sd) - edge) / (1 - 2 * edge)));
};

/** Variance of N(0, 1) cut at ±c: 1 − 2cφ(c)/(2Φ(c) − 1). Cut at 2 it is 0.7737, so the standard deviation is 0.8796. */
export const truncatedNormalVariance = (cut: number): number =>
  1 - (2 * cut * Math.exp((-cut * cut) / 2)) / Math.sqrt(2 * Math.PI) / (1 - 2 * normalUpper(cut));

/**
 * Rejects a sample without tails: of n draws of N(0, sd²), the number beyond ±cut·sd is binomial. Cuts that tell at
 * α = 1e-6: √3 for a uniform law of the same variance (n = 159), 2 for truncation at 2 nominal sd (n = 297).
 */
export function missingTailTest(x: ArrayLike<number>, sd: number, cut: number, alpha = CHECK_ALPHA): StatisticalTest {
  const beyond = Array.from(x).filter((value) => Math.abs(value) > cut * sd).length;
  const test = binomialTest(beyond, x.length, 2 * normalUpper(cut), { alpha, side: 'too few' });
  return { ...test, says: `values beyond ${Number(cut.toPrecision(3))} standard deviations: ${test.says}` };
}

/**
 * Rejects a sample that is not U[−limit, limit]: a value beyond the limit is certain proof; otherwise n(1 − max|x|/limit)
 * is exponential, and a gap below the limit larger than −ln α is too large.
 */
export function uniformLimitTest(x: ArrayLike<number>, limit: number, alpha = CHECK_ALPHA): StatisticalTest {
  const { n, maxAbs } = moments(x);
  const ratio = maxAbs / limit;
  // Float32 rounds the limit itself; a relative 1e-6 is not "beyond".
  const pValue = ratio <= 1 + 1e-6 ? Math.min(1, ratio) ** n : 0;
  return concluded(
    ratio,
    pValue,
    alpha,
    `largest magnitude ${Number(ratio.toPrecision(6))} of the limit, of ${n} values`,
  );
}

/**
 * Kurtosis of a normal sample (3), by the transformation of Anscombe and Glynn (1983), or of a uniform one (1.8) by its
 * asymptotic variance μ₈ − 4μ₄μ₆ + 4μ₄³ − μ₄² = 1.3166 over n. The transformation is too hopeful far out (of 40,000 normal
 * samples of 600, it puts 14 instead of 4 below 1e-4), so its p-value is raised to the power ¾.
 */
export function kurtosisTest(x: ArrayLike<number>, law: 'normal' | 'uniform', alpha = CHECK_ALPHA): StatisticalTest {
  const { n, kurtosis } = moments(x);
  if (n < 20) throw new RangeError(`a kurtosis needs at least 20 values, got ${n}`);
  const z = law === 'uniform' ? (kurtosis - 1.8) / Math.sqrt(1.3166 / n) : anscombeGlynn(kurtosis, n);
  const what = `kurtosis ${Number(kurtosis.toPrecision(4))} where ${law === 'uniform' ? 1.8 : 3} is expected, of ${n} values`;
  return concluded(kurtosis, normalTwoSided(z) ** (law === 'normal' ? 0.75 : 1), alpha, what);
}

function anscombeGlynn(kurtosis: number, n: number): number {
  const mean = (3 * (n - 1)) / (n + 1);
  const variance = (24 * n * (n - 2) * (n - 3)) / ((n + 1) ** 2 * (n + 3) * (n + 5));
  const skewness =
    ((6 * (n * n - 5 * n + 2)) / ((n + 7) * (n + 9))) * Math.sqrt((6 * (n + 3) * (n + 5)) / (n * (n - 2) * (n - 3)));
  const a = 6 + (8 / skewness) * (2 / skewness + Math.sqrt(1 + 4 / skewness ** 2));
  const standard = (kurtosis - mean) / Math.sqrt(variance);
  const cube = (1 - 2 / a) / (1 + standard * Math.sqrt(2 / (a - 4)));
  return (1 - 2 / (9 * a) - Math.cbrt(cube)) / Math.sqrt(2 / (9 * a));
}
