/**
 * Is a sample drawn as asked? Every test states how often it wrongs a correct program: α = 1e-6 at first, and a rejection
 * counts only when fresh independent draws reject again at 1e-4, so that a course of 600,000 checks wrongs nobody.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { createRandom } from 'gradmark/random';
 * import { meanTest, moments, twoStage } from 'gradmark/statistics';
 *
 * const random = createRandom(1, 'sample');
 * const sample = () => Array.from({ length: 500 }, () => random.normal());
 * assert.equal(meanTest(sample(), 0, 1).rejected, false);
 * const shifted = await twoStage((alpha) => meanTest(sample(), 1, 1, alpha));
 * assert.equal(shifted.rejected, true);
 * assert.equal(moments([1, 2, 3]).variance, 1);
 * ```
 */
import { binomialTails, chiSquare, normalUpper } from './special-functions.ts';

export const CHECK_ALPHA = 1e-6;
export const CONFIRM_ALPHA = 1e-4;

export interface StatisticalTest {
  /** What was measured, e.g. the ratio of variances. */
  statistic: number;
  /** Probability of a result at least this far off when the draw is right (an upper bound where the test is not exact). */
  pValue: number;
  alpha: number;
  rejected: boolean;
  /** One sentence: measured beside expected, sample size, α. */
  says: string;
}

/** A finished test from its p-value; NaN rejects, since a sample that is not finite is never right. */
export function concluded(statistic: number, pValue: number, alpha: number, what: string): StatisticalTest {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`α must lie in (0, 1), got ${alpha}`);
  const p = Number.isNaN(pValue) ? 0 : Math.min(1, pValue);
  const says = `${what}; a correct program is this far off with probability ${chance(p)} (limit ${alpha})`;
  return { statistic, pValue: p, alpha, rejected: p < alpha, says };
}

/** No probability of an honest program is 0: what is below the smallest power worth telling is told as that. */
const chance = (p: number): string => (p < 1e-30 ? 'below 1e-30' : p < 0.01 ? p.toExponential(1) : p.toFixed(2));

const twoSided = ({ lower, upper }: { lower: number; upper: number }): number => 2 * Math.min(lower, upper);

/** P(|Z| ≥ |z|); NaN stays NaN, which rejects. */
export const normalTwoSided = (z: number): number => 2 * normalUpper(Math.abs(z));

export interface Moments {
  n: number;
  mean: number;
  /** Σ(x − mean)² / (n − 1). */
  variance: number;
  /** Fourth central moment over the squared second; 3 for a normal, 1.8 for a uniform sample. */
  kurtosis: number;
  maxAbs: number;
}

/** Mean, variance, kurtosis and largest magnitude, in two passes; throws RangeError for fewer than two values. */
export function moments(x: ArrayLike<number>): Moments {
  const n = x.length;
  if (n < 2) throw new RangeError(`a sample needs at least two values, got ${n}`);
  let mean = 0;
  for (let i = 0; i < n; i++) mean += x[i]! / n;
  let [second, fourth, largest] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const square = (x[i]! - mean) ** 2;
    second += square;
    fourth += square * square;
    largest = Math.max(largest, Math.abs(x[i]!));
  }
  return { n, mean, variance: second / (n - 1), kurtosis: (n * fourth) / (second * second), maxAbs: largest };
}

/** z = (x̄ − μ) √n / σ: exact for normal draws of known σ, by the central limit theorem for others. */
export function meanTest(x: ArrayLike<number>, mean: number, sd: number, alpha = CHECK_ALPHA): StatisticalTest {
  const m = moments(x);
  const z = ((m.mean - mean) * Math.sqrt(m.n)) / sd;
  return concluded(z, normalTwoSided(z), alpha, `mean ${show(m.mean)} where ${show(mean)} is asked, of ${m.n} values`);
}

/**
 * (n−1)s²/σ² is χ² with n−1 degrees of freedom for normal draws: exact. For another law give its kurtosis κ, and
 * (s²/σ² − 1) √(n/(κ−1)) is taken as normal (uniform: κ = 1.8).
 */
export function varianceTest(
  x: ArrayLike<number>,
  variance: number,
  options: { alpha?: number; kurtosis?: number } = {},
): StatisticalTest {
  const m = moments(x);
  const ratio = m.variance / variance;
  const kurtosis = options.kurtosis ?? 3;
  const pValue = Number.isNaN(ratio)
    ? NaN
    : kurtosis === 3
      ? twoSided(chiSquare((m.n - 1) * ratio, m.n - 1))
      : normalTwoSided((ratio - 1) * Math.sqrt(m.n / (kurtosis - 1)));
  const what = `variance ${show(m.variance)} where ${show(variance)} is asked (ratio ${show(ratio)}), of ${m.n} values`;
  return concluded(ratio, pValue, options.alpha ?? CHECK_ALPHA, what);
}

/**
 * The largest distance D between the sample's distribution and `cdf`, judged by the Dvoretzky–Kiefer–Wolfowitz–Massart
 * bound P(D > d) ≤ 2 e^{−2nd²}: never rejects more often than α, for any continuous law and any n.
 */
export function kolmogorovTest(x: ArrayLike<number>, cdf: (x: number) => number, alpha = CHECK_ALPHA): StatisticalTest {
  const sorted = Float64Array.from(x).sort();
  const n = sorted.length;
  if (n === 0) throw new RangeError('a sample needs at least one value');
  let distance = sorted.some(Number.isNaN) ? NaN : 0;
  sorted.forEach((value, i) => {
    const p = cdf(value);
    distance = Math.max(distance, p - i / n, (i + 1) / n - p);
  });
  const pValue = 2 * Math.exp(-2 * n * distance * distance);
  return concluded(distance, pValue, alpha, `distribution function off by ${show(distance)}, of ${n} values`);
}

/** k successes of n where each has probability p; exact, two-sided (or one side only). */
export function binomialTest(
  k: number,
  n: number,
  p: number,
  options: { alpha?: number; side?: 'both' | 'too few' | 'too many' } = {},
): StatisticalTest {
  const { atMost, atLeast } = binomialTails(k, n, p);
  const side = options.side ?? 'both';
  const pValue = side === 'both' ? 2 * Math.min(atMost, atLeast) : side === 'too few' ? atMost : atLeast;
  return concluded(k, pValue, options.alpha ?? CHECK_ALPHA, `${k} of ${n} where ${show(n * p)} are expected`);
}

/** Smallest and largest count that `binomialTest` accepts. */
export function binomialBounds(n: number, p: number, alpha = CHECK_ALPHA): { low: number; high: number } {
  const rejects = (k: number, tail: 'atMost' | 'atLeast'): boolean => 2 * binomialTails(k, n, p)[tail] < alpha;
  const edge = (from: number, to: number, tail: 'atMost' | 'atLeast'): number => {
    // `from` lies in the middle and is accepted, `to` at the end; rejection is monotone between them.
    if (!rejects(to, tail)) return to;
    while (Math.abs(to - from) > 1) {
      const middle = Math.trunc((from + to) / 2);
      if (rejects(middle, tail)) to = middle;
      else from = middle;
    }
    return from;
  };
  const middle = Math.round(n * p);
  return { low: edge(middle, 0, 'atMost'), high: edge(middle, n, 'atLeast') };
}

/** Correlation r of paired draws that should be independent: r √n is standard normal. Equal seeds give r = 1. */
export function correlationTest(x: ArrayLike<number>, y: ArrayLike<number>, alpha = CHECK_ALPHA): StatisticalTest {
  if (x.length !== y.length) throw new RangeError(`paired samples differ in length: ${x.length} and ${y.length}`);
  const [a, b] = [moments(x), moments(y)];
  let cross = 0;
  for (let i = 0; i < x.length; i++) cross += (x[i]! - a.mean) * (y[i]! - b.mean);
  const r = cross / ((a.n - 1) * Math.sqrt(a.variance * b.variance));
  return concluded(
    r,
    normalTwoSided(r * Math.sqrt(a.n)),
    alpha,
    `correlation ${show(r)} where 0 is expected, of ${a.n} pairs`,
  );
}

/** Runs a test, and a rejected one once more on fresh independent draws at `CONFIRM_ALPHA`; both must reject. */
export async function twoStage(
  run: (alpha: number, stage: 'check' | 'confirm') => StatisticalTest | Promise<StatisticalTest>,
): Promise<{ rejected: boolean; tests: StatisticalTest[] }> {
  const first = await run(CHECK_ALPHA, 'check');
  if (!first.rejected) return { rejected: false, tests: [first] };
  const second = await run(CONFIRM_ALPHA, 'confirm');
  return { rejected: second.rejected, tests: [first, second] };
}

const show = (value: number): string => String(Number(value.toPrecision(4)));
