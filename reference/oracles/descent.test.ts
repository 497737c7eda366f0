import { describe, expect, it } from 'vitest';
import { ridders } from '../../graders/numerics/finite-difference.ts';
import { descend, f, gradient, minima } from './descent.ts';

describe('the function', () => {
  it('has the gradient it claims', () => {
    for (const [x, y] of [[3, 2], [-1.2, 0.4], [0.1, -2]] as const) {
      const [gx, gy] = gradient(x, y);
      expect(Math.abs(ridders((v) => f(v, y), x).value - gx)).toBeLessThan(1e-9);
      expect(Math.abs(ridders((v) => f(x, v), y).value - gy)).toBeLessThan(1e-9);
      expect(Math.abs(ridders((v) => f(v, y), x).value - 1.001 * gx)).toBeGreaterThan(1e-9);
    }
  }); // prettier-ignore

  it('is stationary at its minima, and lower there than nearby', () => {
    for (const { x, y, value } of minima) {
      expect(Math.hypot(...gradient(x, y))).toBeLessThan(1e-8);
      expect(f(x, y)).toBeCloseTo(value, 9);
      for (const angle of [0, 1, 2, 3, 4, 5, 6])
        expect(f(x + 0.05 * Math.cos(angle), y + 0.05 * Math.sin(angle))).toBeGreaterThan(value);
    }
  });
});

describe('gradient descent', () => {
  it('takes the known first step and ten steps', () => {
    const one = descend([3, 2], 0.1, 1);
    expect([one.x, one.y, one.value].map((v) => v.toFixed(12))).toEqual(['2.123635545573', '1.300000000000', '14.203980181577']); // prettier-ignore
    const ten = descend([3, 2], 0.1, 10);
    expect(ten.x).toBeCloseTo(0.434653407936, 11);
    expect(ten.y).toBeCloseTo(-0.068729108254, 11);
    expect(ten.value).toBeCloseTo(1.29676158499, 10);
    expect(ten.xHist).toHaveLength(11);
    expect([ten.xHist[0], ten.yHist[0], ten.xHist[10]]).toEqual([3, 2, ten.x]);
  });

  it('shrinks its steps from the first or from the second on, as asked', () => {
    const run = (firstExponent: 0 | 1) => descend([0.123, 0.456], 0.01, 2, { decay: 0.1, firstExponent }).xHist;
    expect(run(0).map((x) => Number(x.toFixed(12)))).toEqual([0.123, 0.106800487719, 0.105086079598]);
    expect(run(1).map((x) => Number(x.toFixed(12)))).toEqual([0.123, 0.121380048772, 0.121217120048]);
    expect(descend([3, 2], 0.1, 10, { decay: 0.9 }).value).toBeCloseTo(1.3904849, 7);
    expect(descend([3, 2], 0.1, 10, { decay: 0.9, firstExponent: 1 }).value).toBeCloseTo(1.4427838, 7);
    expect(descend([3, 2], 0.1, 5, { decay: 1 })).toEqual(descend([3, 2], 0.1, 5));
  });

  it('reaches the global minimum with a lucky step size', () => {
    expect(descend([3, 2], 0.15, 50).value).toBeCloseTo(-2.2807, 4);
  });
});
