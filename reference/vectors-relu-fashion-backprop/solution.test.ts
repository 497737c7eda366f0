import { describe, expect, it } from 'vitest';
import { bestConstant } from './p1b.ts';
import { l1Loss } from './p2a.ts';
import { l1Subgrad } from './p2b.ts';
import { reluNetGrads } from './p3d.ts';
import { initNet } from './p5q1.ts';
import { feedForwardSample } from './p5q2.ts';
import { trainOneSample } from './p5q3.ts';
import { createRng } from './rng.ts';

describe('the model solution', () => {
  it('finds the mean, and the slope of the absolute deviations', () => {
    expect(bestConstant([[1, 2], [3, 6]])).toEqual([2, 4]); // prettier-ignore
    const [X, w, y] = [[[1, 2], [-1, 3], [0.5, -2]], [0.3, -0.7], [1, 2, 3]] as const; // prettier-ignore
    const at = (step: number) => l1Loss(X.map((row) => [...row]), [0.3 + step, -0.7], [...y]); // prettier-ignore
    const slope = (at(1e-6) - at(-1e-6)) / 2e-6;
    expect(l1Subgrad(X.map((row) => [...row]), [...w], [...y])[0]).toBeCloseTo(slope, 6); // prettier-ignore
  });

  it('has the derivatives of the sheet at x = 2', () => {
    const net = { wH: [-1, 1, 1, -1], bH: [1, 1, -1, 1], wO: [-1, -1, -1, 1], bO: 1 };
    const { dwO, dbO, dwH, dbH } = reluNetGrads(net, 2);
    expect([dwO, dbO, dwH.map((v) => v + 0), dbH]).toEqual([[0, 3, 1, 0], 1, [0, -2, -2, 0], [0, -1, -1, 0]]);
  });

  it('steps along the gradient of its own loss', () => {
    const net = initNet([5, 4, 6, 3], createRng(1));
    net.biases.forEach((row, l) => row.forEach((_, j) => (row[j] = 0.3 * Math.sin(l + 2 * j))));
    const [sample, y, lr] = [[0.2, -0.4, 0.9, 0.1, -0.6], 2, 0.5];
    const weight = net.weights[0]![2]!;
    const at = (step: number) => {
      weight[1]! += step;
      const { loss } = feedForwardSample(net, sample, y);
      weight[1]! -= step;
      return loss;
    };
    const slope = (at(1e-6) - at(-1e-6)) / 2e-6;
    const before = weight[1]!;
    trainOneSample(net, sample, y, lr);
    expect((before - weight[1]!) / lr).toBeCloseTo(slope, 7);
  });
});
