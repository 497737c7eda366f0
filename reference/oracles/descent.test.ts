import { describe, expect, it } from 'vitest';
import type { Search } from '../../graders/mistakes/training/descent.ts';
import { fromOne, rightDescent, walk } from '../../graders/mistakes/training/descent.ts';
import { ridders } from '../../graders/numerics/finite-difference.ts';
import { ripples } from './descent.ts';
import { tuned } from './published-figures.testing.ts';

const { f, gradX, gradY, minimum } = ripples;
const lower = [
  { x: -1.0881624098, y: 0.5440812049, value: -2.2807097081 },
  { x: -2.8537219426, y: 1.4268609713, value: -0.2493429806 },
  { x: 0.6059463372, y: -0.3029731686, value: 1.2427333949 },
];

describe('the function', () => {
  it('has the gradient it claims', () => {
    for (const [x, y] of [[3, 2], [-1.2, 0.4], [0.1, -2]] as const) {
      expect(Math.abs(ridders((v) => f(v, y), x).value - gradX(x, y))).toBeLessThan(1e-9);
      expect(Math.abs(ridders((v) => f(x, v), y).value - gradY(x, y))).toBeLessThan(1e-9);
      expect(Math.abs(ridders((v) => f(v, y), x).value - 1.001 * gradX(x, y))).toBeGreaterThan(1e-9);
    }
  }); // prettier-ignore

  it('is stationary at its minima, and lower there than nearby', () => {
    for (const { x, y, value } of lower) {
      expect(Math.hypot(gradX(x, y), gradY(x, y))).toBeLessThan(1e-8);
      expect(f(x, y)).toBeCloseTo(value, 9);
      for (const angle of [0, 1, 2, 3, 4, 5, 6])
        expect(f(x + 0.05 * Math.cos(angle), y + 0.05 * Math.sin(angle))).toBeGreaterThan(value);
    }
  });

  it('has its global minimum where the published search ends, and a step from there goes nowhere', () => {
    expect(minimum[0]).toBeCloseTo(lower[0]!.x, 9);
    expect(minimum[1]).toBeCloseTo(lower[0]!.y, 9);
    expect(f(...minimum)).toBeCloseTo(tuned.value, 7);
    expect(walk(ripples, { start: minimum, stepSize: 0.09, steps: 4, decay: 1 }).at(-1)).toEqual(minimum);
  });
});

describe('gradient descent', () => {
  const search = (start: Search['start'], stepSize: number, steps: number, decay = 1): Search => ({ start, stepSize, steps, decay }); // prettier-ignore
  const endOf = (points: readonly (readonly [number, number])[]) => {
    const [x, y] = points.at(-1)!;
    return [x, y, f(x, y)] as const;
  };

  it('takes the known first step and ten steps', () => {
    const one = endOf(walk(ripples, search([3, 2], 0.1, 1)));
    expect(one.map((v) => v.toFixed(12))).toEqual(['2.123635545573', '1.300000000000', '14.203980181577']);
    const way = walk(ripples, search([3, 2], 0.1, 10));
    const [x, y, value] = endOf(way);
    expect(x).toBeCloseTo(0.434653407936, 11);
    expect(y).toBeCloseTo(-0.068729108254, 11);
    expect(value).toBeCloseTo(1.29676158499, 10);
    expect([way.length, way[0]]).toEqual([11, [3, 2]]);
  });

  it('shrinks its steps from the first or from the second on, as asked', () => {
    const later = { ...rightDescent, size: fromOne };
    const run = (rules: typeof later) => walk(ripples, search([0.123, 0.456], 0.01, 2, 0.1), rules).map(([x]) => x);
    expect(run(rightDescent).map((x) => Number(x.toFixed(12)))).toEqual([0.123, 0.106800487719, 0.105086079598]);
    expect(run(later).map((x) => Number(x.toFixed(12)))).toEqual([0.123, 0.121380048772, 0.121217120048]);
    expect(endOf(walk(ripples, search([3, 2], 0.1, 10, 0.9)))[2]).toBeCloseTo(1.3904849, 7);
    expect(endOf(walk(ripples, search([3, 2], 0.1, 10, 0.9), later))[2]).toBeCloseTo(1.4427838, 7);
  });

  it('reaches the global minimum with a lucky step size', () => {
    expect(endOf(walk(ripples, search([3, 2], 0.15, 50)))[2]).toBeCloseTo(-2.2807, 4);
  });
});
