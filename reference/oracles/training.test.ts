import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { stoppingProgram } from '../../graders/mistakes/training/early-stopping.ts';
import { momentumProgram } from '../../graders/mistakes/training/momentum.ts';
import { rowsOf } from '../../graders/numerics/arrays.ts';
import { accuracy, argmax, oneHot } from './accuracy.ts';
import { stopEarly } from './early-stopping.testing.ts';
import { columnStatistics, standardise } from './standardise.ts';

const script = [0.305, 0.305, 0.71, 0.301, 0.645, 0.301, 0.301, 0.612, 0.877, 0.877, 1.11];

describe('early stopping', () => {
  const grading = (values: readonly number[], patience: number) => {
    const { lastEpoch, restoredEpoch } = stoppingProgram.run({ values, patience }, stoppingProgram.right);
    return { bestEpoch: restoredEpoch!.data[0], lastEpoch: lastEpoch!.data[0] };
  };

  it.each([
    ['stops `patience` epochs after the best one', script, 3, 3, 6],
    ['takes equal for no improvement', script, 2, 0, 2],
    ['ends with the list', [3, 2, 2, 2], 3, 1, 3],
    ['counts again after every improvement', [5, 6, 4, 6, 3, 6, 2, 6, 6], 2, 6, 8],
    ['never takes NaN for best', [NaN, NaN, 1], 2, -1, 1],
    ['has no best epoch without epochs', [], 2, -1, -1],
  ])('%s, by both roads', (_, values, patience, bestEpoch, lastEpoch) => {
    expect(stopEarly(values, { patience })).toEqual({ bestEpoch, lastEpoch });
    expect(grading(values, patience)).toEqual({ bestEpoch, lastEpoch });
  });
});

describe('momentum', () => {
  const gradient = (w: number[]) => [2 * w[0]! - 1, 6 * w[1]!];
  const pathOf = (nesterov: boolean, steps: number) => {
    const given = { start: [1, 2], gradient, rate: 0.05, momentum: 0.9, nesterov, steps };
    return rowsOf(momentumProgram.run(given, momentumProgram.right)['path']!);
  };

  it('the classical and the Nesterov path have their textbook first steps', () => {
    const g = gradient([1, 2]);
    expect(pathOf(false, 1)[0]).toEqual([1 - 0.05 * g[0]!, 2 - 0.05 * g[1]!]);
    pathOf(true, 1)[0]!.forEach((w, i) => expect(w).toBeCloseTo([1, 2][i]! - 0.05 * 1.9 * g[i]!, 14));
  });

  it.each([true, false])('the path is that of the library optimiser (Nesterov: %s)', async (nesterov) => {
    await tf.setBackend('cpu');
    const w = tf.variable(tf.tensor1d([1, 2]));
    const optimizer = tf.train.momentum(0.05, 0.9, nesterov);
    for (const expected of pathOf(nesterov, 8)) {
      optimizer.minimize(() => w.square().mul(tf.tensor1d([1, 3])).sum().sub(w.gather([0]).sum()).asScalar(), false, [w]); // prettier-ignore
      w.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
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
