import { describe, expect, it } from 'vitest';
import {
  kurtosisTest,
  missingTailTest,
  normalCdfOf,
  truncatedNormalCdf,
  truncatedNormalVariance,
  uniformCdf,
  uniformLimitTest,
} from './distribution-shape.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';
import type { StatisticalTest } from './statistics.ts';
import { binomialBounds, kolmogorovTest, varianceTest } from './statistics.ts';

type Law = (random: Random) => number;
const normal: Law = (random) => random.normal();
const uniform: Law = (random) => random.uniform(-Math.sqrt(3), Math.sqrt(3));
const truncated: Law = (random) => {
  for (;;) {
    const x = random.normal();
    if (Math.abs(x) <= 2) return x;
  }
};

function rejected(runs: number, n: number, law: Law, test: (x: Float64Array) => StatisticalTest, seed = 1): number {
  const random = createRandom(seed, 'shape');
  const x = new Float64Array(n);
  let count = 0;
  for (let run = 0; run < runs; run++) {
    for (let i = 0; i < n; i++) x[i] = law(random);
    if (test(x).rejected) count++;
  }
  return count;
}

describe('on correct draws the shape tests keep their level', () => {
  const bounds = binomialBounds(4000, 1e-3, 1e-3);
  it.each<[string, Law, number, (x: Float64Array) => StatisticalTest]>([
    ['kurtosis of normal draws', normal, 600, (x) => kurtosisTest(x, 'normal', 1e-3)],
    ['kurtosis of uniform draws', uniform, 600, (x) => kurtosisTest(x, 'uniform', 1e-3)],
    ['tails of normal draws', normal, 300, (x) => missingTailTest(x, 1, 2, 1e-3)],
    ['limit of uniform draws', uniform, 300, (x) => uniformLimitTest(x, Math.sqrt(3), 1e-3)],
  ])('%s', (_, law, n, test) => {
    expect(rejected(4000, n, law, test)).toBeLessThanOrEqual(bounds.high);
  });
});

describe('on wrong draws', () => {
  it('uniform is told from normal by 159 draws without tails, and by the kurtosis of 561', () => {
    expect(rejected(300, 159, uniform, (x) => missingTailTest(x, 1, Math.sqrt(3)))).toBe(300);
    expect(rejected(300, 561, uniform, (x) => kurtosisTest(x, 'normal'))).toBe(300);
    expect(rejected(300, 561, normal, (x) => kurtosisTest(x, 'uniform'))).toBeGreaterThanOrEqual(299);
  });

  it('truncation at two standard deviations is found in 297 draws, and by the variance in 2283', () => {
    expect(rejected(300, 297, truncated, (x) => missingTailTest(x, 1, 2))).toBe(300);
    expect(rejected(200, 2283, truncated, (x) => varianceTest(x, 1))).toBe(200);
  });

  it('a claimed limit is refuted by one value beyond it, or by a hundred that stay far below', () => {
    expect(uniformLimitTest([0.2, -1.01], 1).rejected).toBe(true);
    expect(uniformLimitTest([0.2, -Math.fround(1.0000001)], 1).rejected).toBe(false);
    const half = Array.from({ length: 100 }, (_, i) => -0.5 + i / 100);
    expect(uniformLimitTest(half, 1).rejected).toBe(true);
    expect(uniformLimitTest([NaN, 0.5], 1).rejected).toBe(true);
  });
});

describe('distribution functions', () => {
  it('belong to the laws they are named after', () => {
    const random = createRandom(4, 'cdf');
    const sample = (law: Law) => Float64Array.from({ length: 20_000 }, () => law(random));
    expect(kolmogorovTest(sample(uniform), uniformCdf(-Math.sqrt(3), Math.sqrt(3))).rejected).toBe(false);
    expect(kolmogorovTest(sample(normal), normalCdfOf(0, 1)).rejected).toBe(false);
    expect(kolmogorovTest(sample(truncated), truncatedNormalCdf(1, 2)).rejected).toBe(false);
    expect(kolmogorovTest(sample(uniform), normalCdfOf(0, 1)).rejected).toBe(true);
    expect([truncatedNormalCdf(1, 2)(-2), truncatedNormalCdf(1, 2)(2.5)]).toEqual([0, 1]);
  });

  it('a normal cut at two standard deviations keeps 0.7737 of its variance', () => {
    expect(truncatedNormalVariance(2)).toBeCloseTo(0.7737, 4);
    expect(Math.sqrt(truncatedNormalVariance(2))).toBeCloseTo(0.87963, 5);
  });

  it('too few values for a kurtosis are refused', () => {
    expect(() => kurtosisTest([1, 2, 3], 'normal')).toThrow(/at least 20/);
  });
});
