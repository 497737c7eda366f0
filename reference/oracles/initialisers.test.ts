import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { TRUNCATED_VARIANCE, truncatedNormalVariance } from '../../graders/numerics/distribution-shape.ts';
import { varianceTest } from '../../graders/numerics/statistics.ts';
import { densityHistogram } from './histogram.ts';
import {
  glorotUniformLimit,
  glorotVariance,
  heVariance,
  lecunVariance,
  oneOverMaxVariance,
  productUniformLimit,
} from './initialisers.ts';
import { saturatedShare, tanhSignals } from './signal-propagation.ts';

describe('initialisers', () => {
  it('have the known variances for 784 inputs and 32 outputs', () => {
    expect(oneOverMaxVariance(784, 32)).toBeCloseTo(0.0012755, 7);
    expect(glorotVariance(784, 32)).toBe(2 / 816);
    expect(heVariance(784)).toBe(2 * lecunVariance(784));
    expect(glorotUniformLimit(784, 32) ** 2 / 3).toBeCloseTo(glorotVariance(784, 32), 15);
    expect(productUniformLimit(5, 7)).toBeCloseTo(0.41403934, 8);
    expect(TRUNCATED_VARIANCE).toBeCloseTo(truncatedNormalVariance(2), 12);
  });

  it('describe what the library draws: uniform exactly, normal without the correction for its truncation', async () => {
    await tf.setBackend('cpu');
    const drawn = (kind: 'glorotNormal' | 'glorotUniform' | 'heNormal') =>
      tf.initializers[kind]({ seed: 7 }).apply([300, 50]).dataSync();
    const asked = glorotVariance(300, 50);
    expect(varianceTest(drawn('glorotUniform'), asked, { kurtosis: 1.8 }).rejected).toBe(false);
    expect(varianceTest(drawn('glorotNormal'), asked).rejected).toBe(true);
    expect(varianceTest(drawn('glorotNormal'), asked * TRUNCATED_VARIANCE, { kurtosis: 2.3655 }).rejected).toBe(false);
    expect(varianceTest(drawn('heNormal'), heVariance(300) * TRUNCATED_VARIANCE, { kurtosis: 2.3655 }).rejected).toBe(false); // prettier-ignore
  });
});

describe('signals through a tanh network', () => {
  const sizes = [1024, 8192, 8192, 8192, 4096, 4096];

  it('saturate with standard normal weights', () => {
    const signals = tanhSignals(sizes, 0.5, () => 1);
    expect(signals.map((s) => s.preActivation.toFixed(2))).toEqual(['22.63', '88.90', '90.10', '90.11', '63.72']);
    expect(signals.map((s) => s.saturated.toFixed(4))).toEqual(['0.9069', '0.9762', '0.9766', '0.9766', '0.9669']);
  });

  it('keep their size with Glorot weights', () => {
    const signals = tanhSignals(sizes, 0.5, glorotVariance);
    expect(signals.map((s) => s.activation.toFixed(4))).toEqual(['0.3034', '0.2801', '0.2613', '0.2788', '0.2603']);
    const uncorrected = tanhSignals(sizes, 0.5, (i, o) => TRUNCATED_VARIANCE * glorotVariance(i, o));
    expect(uncorrected.map((s) => s.activation.toFixed(4))).toEqual(['0.2720', '0.2271', '0.1924', '0.1886', '0.1616']);
  });

  it('hardly saturate when small', () => {
    expect(saturatedShare(0.3)).toBeLessThan(1e-12);
  });
});

describe('density histograms', () => {
  const values = [0, 0.1, 0.25, 0.5, 0.75, 1, 1];

  it('integrate to one, and the last bin holds its right edge', () => {
    const { edges, density, counts } = densityHistogram(values, 4);
    expect(edges).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(counts).toEqual([2, 1, 1, 3]);
    expect(density.reduce((total, d) => total + d * 0.25, 0)).toBeCloseTo(1, 15);
  });

  it('leave out what lies outside the range', () => {
    const { counts, density } = densityHistogram(values, 2, [0.2, 0.8]);
    expect(counts).toEqual([1, 2]);
    expect(density[1]).toBeCloseTo(2 / 3 / 0.3, 12);
  });

  it('edges decide where the quotient rounds, for every bin count', () => {
    for (let bins = 1; bins < 60; bins++) {
      const { edges } = densityHistogram([-1, 1], bins);
      const { counts } = densityHistogram(edges, bins, [-1, 1]);
      expect(counts).toEqual([...new Array<number>(bins - 1).fill(1), 2]);
    }
  });

  it('widen around a constant, and refuse nothing at all', () => {
    expect(densityHistogram([3, 3], 2).edges).toEqual([2.5, 3, 3.5]);
    expect(() => densityHistogram([], 3)).toThrow(/at least one/);
  });
});
