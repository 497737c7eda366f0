import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { accuracy, argmax, oneHot } from './accuracy.ts';
import { stopEarly } from './early-stopping.ts';
import { momentumPath } from './momentum.ts';
import { columnStatistics, standardise } from './standardise.ts';

const script = [0.305, 0.305, 0.71, 0.301, 0.645, 0.301, 0.301, 0.612, 0.877, 0.877, 1.11];

describe('early stopping', () => {
  it('stops `patience` epochs after the best one; equal is no improvement', () => {
    expect(stopEarly(script, { patience: 3 })).toEqual({
      bestEpoch: 3,
      lastEpoch: 6,
      epochsRun: 7,
      stoppedEarly: true,
    });
    expect(stopEarly(script, { patience: 2 })).toMatchObject({ bestEpoch: 0, lastEpoch: 2 });
    expect(stopEarly([3, 2, 2, 2], { patience: 3 })).toMatchObject({ bestEpoch: 1, stoppedEarly: false, epochsRun: 4 });
  });

  it('counts again after every improvement', () => {
    expect(stopEarly([5, 6, 4, 6, 3, 6, 2, 6, 6], { patience: 2 })).toMatchObject({ bestEpoch: 6, lastEpoch: 8 });
  });

  it('looks for the largest value when that is asked', () => {
    expect(stopEarly([0.1, 0.9, 0.5, 0.5], { patience: 2, mode: 'max' })).toMatchObject({ bestEpoch: 1, lastEpoch: 3 });
  });

  it('needs more than minDelta to call it an improvement, ends at the limit, and never takes NaN for best', () => {
    expect(stopEarly([1, 0.95, 0.8, 0.79], { patience: 9, minDelta: 0.1 }).bestEpoch).toBe(2);
    expect(stopEarly(script, { patience: 3, maxEpochs: 5 })).toMatchObject({ lastEpoch: 4, stoppedEarly: false });
    expect(stopEarly([NaN, NaN, 1], { patience: 2 })).toMatchObject({ bestEpoch: -1, lastEpoch: 1 });
    expect(stopEarly([], { patience: 2 })).toMatchObject({ bestEpoch: -1, epochsRun: 0 });
  });
});

describe('momentum', () => {
  const gradient = (w: number[]) => [2 * w[0]! - 1, 6 * w[1]!];
  const options = { rate: 0.05, momentum: 0.9, nesterov: true };

  it('the classical and the Nesterov path have their textbook first steps', () => {
    const g = gradient([1, 2]);
    expect(momentumPath([1, 2], gradient, { ...options, nesterov: false }, 1)[1]).toEqual([
      1 - 0.05 * g[0]!,
      2 - 0.05 * g[1]!,
    ]);
    momentumPath([1, 2], gradient, options, 1)[1]!.forEach((w, i) => expect(w).toBeCloseTo([1, 2][i]! - 0.05 * 1.9 * g[i]!, 14)); // prettier-ignore
  });

  it.each([true, false])('the path is that of the library optimiser (Nesterov: %s)', async (nesterov) => {
    await tf.setBackend('cpu');
    const w = tf.variable(tf.tensor1d([1, 2]));
    const optimizer = tf.train.momentum(0.05, 0.9, nesterov);
    const path = momentumPath([1, 2], gradient, { ...options, nesterov }, 8);
    for (let t = 1; t <= 8; t++) {
      optimizer.minimize(() => w.square().mul(tf.tensor1d([1, 3])).sum().sub(w.gather([0]).sum()).asScalar(), false, [w]); // prettier-ignore
      w.dataSync().forEach((value, i) => expect(value).toBeCloseTo(path[t]![i]!, 5));
    }
    w.dispose();
  });
});

describe('standardising', () => {
  const train = [[1, 10], [2, 30], [6, 20]]; // prettier-ignore

  it('brings the training columns to mean 0 and standard deviation 1, by either convention', () => {
    for (const ddof of [0, 1] as const) {
      const scaled = standardise(train, columnStatistics(train, ddof));
      const again = columnStatistics(scaled, ddof);
      again.mean.forEach((m) => expect(m).toBeCloseTo(0, 14));
      again.sd.forEach((s) => expect(s).toBeCloseTo(1, 14));
    }
    expect(columnStatistics(train).sd[1]).toBeCloseTo(Math.sqrt(200 / 3), 13);
    expect(columnStatistics(train, 1).sd[1]).toBeCloseTo(10, 13);
  });

  it('treats other rows by the training statistics', () => {
    expect(standardise([[3, 20]], columnStatistics(train))).toEqual([[0, 0]]);
  });

  it('refuses too few rows', () => {
    expect(() => columnStatistics([[1]], 1)).toThrow(/too few/);
  });
});

describe('accuracy', () => {
  it('takes the first of equal scores and counts matches', () => {
    expect(argmax([1, 3, 3])).toBe(1);
    expect(accuracy([[0.1, 0.9], [0.8, 0.2], [0.4, 0.6]], [1, 1, 1])).toEqual({ correct: 2, total: 3, share: 2 / 3 }); // prettier-ignore
    expect(oneHot(2, 4)).toEqual([0, 0, 1, 0]);
    expect(() => accuracy([], [])).toThrow(/0 rows/);
  });
});
