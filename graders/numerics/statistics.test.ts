import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { normalCdf } from './special-functions.ts';
import type { StatisticalTest } from './statistics.ts';
import {
  concluded,
  binomialBounds,
  binomialTest,
  CHECK_ALPHA,
  CONFIRM_ALPHA,
  correlationTest,
  kolmogorovTest,
  meanTest,
  moments,
  twoStage,
  varianceTest,
} from './statistics.ts';

const RUNS = 8000;
const ALPHA = 1e-3;
/** What a test of level α may reject in RUNS correct samples, but for one time in a thousand. */
const calibrated = binomialBounds(RUNS, ALPHA, 1e-3);

function rejections(n: number, draw: () => number, tests: Record<string, (x: Float64Array) => StatisticalTest>) {
  const counts = Object.fromEntries(Object.keys(tests).map((name) => [name, 0]));
  const x = new Float64Array(n);
  for (let run = 0; run < RUNS; run++) {
    for (let i = 0; i < n; i++) x[i] = draw();
    for (const [name, test] of Object.entries(tests)) if (test(x).rejected) counts[name]!++;
  }
  return counts;
}

describe('on correct draws', () => {
  it('the normal tests reject as often as they say: 8 of 8000 at α = 1e-3, within chance', () => {
    const random = createRandom(1, 'null normal');
    const counts = rejections(200, () => random.normal(3, 2), {
      mean: (x) => meanTest(x, 3, 2, ALPHA),
      variance: (x) => varianceTest(x, 4, { alpha: ALPHA }),
      correlation: (x) => correlationTest(x.subarray(0, 100), x.subarray(100), ALPHA),
    });
    for (const [name, count] of Object.entries(counts)) {
      expect(count, name).toBeGreaterThanOrEqual(calibrated.low);
      expect(count, name).toBeLessThanOrEqual(calibrated.high);
    }
  });

  it('the uniform variance test too, with its own kurtosis', () => {
    const random = createRandom(2, 'null uniform');
    const count = rejections(200, () => random.uniform(-1, 1), { variance: (x) => varianceTest(x, 1 / 3, { alpha: ALPHA, kurtosis: 1.8 }) }).variance!; // prettier-ignore
    expect(count).toBeGreaterThanOrEqual(calibrated.low);
    expect(count).toBeLessThanOrEqual(calibrated.high);
  });

  it('the distribution function test rejects no more often than it says', () => {
    const random = createRandom(3, 'null cdf');
    const count = rejections(100, random.next, { cdf: (x) => kolmogorovTest(x, (v) => v, ALPHA) }).cdf!;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(calibrated.high);
  });

  it('the binomial test rejects no more often than it says', () => {
    const random = createRandom(4, 'null binomial');
    const x = { rejected: 0 };
    for (let run = 0; run < RUNS; run++) {
      let k = 0;
      for (let i = 0; i < 100; i++) if (random.next() < 0.3) k++;
      if (binomialTest(k, 100, 0.3, { alpha: ALPHA }).rejected) x.rejected++;
    }
    expect(x.rejected).toBeLessThanOrEqual(calibrated.high);
    expect(x.rejected).toBeGreaterThan(0);
  });
});

describe('on wrong draws', () => {
  const random = createRandom(5, 'power');
  const sample = (n: number, draw: () => number) => Float64Array.from({ length: n }, draw);
  const always = (n: number, draw: () => number, test: (x: Float64Array) => StatisticalTest) => {
    for (let run = 0; run < 200; run++) if (!test(sample(n, draw)).rejected) return false;
    return true;
  };

  it('a doubled variance is found in 303 draws, a mean off by half a standard deviation in 297', () => {
    expect(always(303, () => random.normal(0, Math.SQRT2), (x) => varianceTest(x, 1))).toBe(true); // prettier-ignore
    expect(always(322, () => random.normal(0, Math.SQRT1_2), (x) => varianceTest(x, 1))).toBe(true); // prettier-ignore
    expect(always(297, () => random.normal(0.5), (x) => meanTest(x, 0, 1))).toBe(true); // prettier-ignore
  });

  it('U[0, 1) instead of a symmetric law is found in 25 draws', () => {
    expect(always(25, random.next, (x) => meanTest(x, 0, Math.sqrt(1 / 12)))).toBe(true);
  });

  it('another law is found by its distribution function', () => {
    expect(always(400, random.next, (x) => kolmogorovTest(x, normalCdf))).toBe(true);
  });

  it('one seed for two layers is found by correlation', () => {
    const x = sample(100, () => random.normal());
    expect(correlationTest(x, x.map((v) => 0.3 * v)).rejected).toBe(true); // prettier-ignore
  });

  it('NaN and constants are never right', () => {
    const x = Float64Array.from([1, NaN, 2]);
    for (const test of [meanTest(x, 0, 1), varianceTest(x, 1), kolmogorovTest(x, normalCdf)]) expect(test.rejected).toBe(true); // prettier-ignore
    expect(varianceTest(new Float64Array(50), 1).rejected).toBe(true);
    expect(() => moments([1])).toThrow(/at least two/);
  });
});

describe('moments', () => {
  it('are the textbook ones, and survive a large mean', () => {
    const m = moments([1, 2, 3, 4, 5].map((v) => v + 1e6));
    expect(m.mean).toBeCloseTo(1e6 + 3, 6);
    expect(m.variance).toBeCloseTo(2.5, 9);
    expect(m.kurtosis).toBeCloseTo(1.7, 9);
    expect(moments([-7, 2]).maxAbs).toBe(7);
  });
});

describe('binomialBounds', () => {
  it('are the last accepted counts on either side', () => {
    const { low, high } = binomialBounds(1000, 0.1, 1e-4);
    const rejected = (k: number) => binomialTest(k, 1000, 0.1, { alpha: 1e-4 }).rejected;
    expect([rejected(low - 1), rejected(low), rejected(high), rejected(high + 1)]).toEqual([true, false, false, true]);
    expect(binomialBounds(10, 0.5)).toEqual({ low: 0, high: 10 });
  });
});

describe('two stages', () => {
  const result = (rejected: boolean): StatisticalTest => ({ statistic: 0, pValue: 0, alpha: 0, rejected, says: '' });

  it('a rejection counts only when fresh draws reject again', async () => {
    const plan = (outcomes: boolean[]) => twoStage(() => result(outcomes.shift()!));
    expect((await plan([false])).tests).toHaveLength(1);
    expect((await plan([true, false])).rejected).toBe(false);
    expect((await plan([true, true])).rejected).toBe(true);
  });

  it('the levels are 1e-6 and then 1e-4', async () => {
    const alphas: number[] = [];
    await twoStage(async (alpha) => {
      alphas.push(alpha);
      return result(true);
    });
    expect(alphas).toEqual([CHECK_ALPHA, CONFIRM_ALPHA]);
  });
});

describe('the sentence of a test', () => {
  it('shows measured beside expected, the sample size and the limit', () => {
    expect(varianceTest([1, -1, 2, -2], 1).says).toBe(
      'variance 3.333 where 1 is asked (ratio 3.333), of 4 values; a correct program is this far off with probability 0.04 (limit 0.000001)',
    );
  });

  it('never calls a probability zero', () => {
    expect(concluded(99, 0, 1e-6, 'far off').says).toBe(
      'far off; a correct program is this far off with probability below 1e-30 (limit 0.000001)',
    );
  });
});
