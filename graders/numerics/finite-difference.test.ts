import { describe, expect, it } from 'vitest';
import { arrayOf } from './arrays.ts';
import {
  centralDifference,
  directional,
  gradientOf,
  probeDirection,
  ridders,
  taylorOrder,
} from './finite-difference.ts';
import { createRandom } from './random.ts';

const cases: [string, (x: number) => number, (x: number) => number][] = [
  ['exp', Math.exp, Math.exp],
  ['sin', Math.sin, Math.cos],
  ['tanh', Math.tanh, (x) => 1 / Math.cosh(x) ** 2],
  ['cube', (x) => x ** 3, (x) => 3 * x ** 2],
];

describe('differences of one variable', () => {
  it('central differences are right to 1e-8, and within their own error', () => {
    for (const [name, f, slope] of cases)
      for (const x of [-2, -0.3, 0.7, 5]) {
        const { value, error } = centralDifference(f, x);
        expect(Math.abs(value - slope(x)) / Math.max(1, Math.abs(slope(x))), `${name} at ${x}`).toBeLessThan(3e-8);
        expect(Math.abs(value - slope(x)), `${name} at ${x}`).toBeLessThanOrEqual(3 * error);
      }
  });

  it("Ridders' values are right to 1e-11, and their trusted error holds for at least 99 of 100 points", () => {
    const random = createRandom(1, 'ridders');
    let held = 0;
    let worst = 0;
    for (let i = 0; i < 400; i++) {
      const [, f, slope] = cases[i % cases.length]!;
      const x = random.uniform(-2, 2);
      const { value, error } = ridders(f, x);
      worst = Math.max(worst, Math.abs(value - slope(x)) / Math.max(1, Math.abs(slope(x))));
      if (Math.abs(value - slope(x)) <= error) held++;
    }
    expect(worst).toBeLessThan(1e-11);
    expect(held).toBeGreaterThanOrEqual(396);
  });
});

describe('gradientOf', () => {
  it('differentiates over every entry of every named array', () => {
    const at = { w: arrayOf([[1, 2], [3, -1]]), b: arrayOf([0.5]) }; // prettier-ignore
    const f = ({ w, b }: Record<string, { data: Float64Array }>) =>
      w!.data.reduce((total, v, i) => total + (i + 1) * v * v, 0) * b!.data[0]!;
    const { gradient, error } = gradientOf(f, at);
    [1, 4, 9, -4].forEach((slope, i) => expect(gradient.w!.data[i]).toBeCloseTo(slope, 10));
    expect(gradient.w!.shape).toEqual([2, 2]);
    expect(gradient.b!.data[0]).toBeCloseTo(1 + 8 + 27 + 4, 9);
    expect(error.b!.data[0]).toBeLessThan(1e-9);
    expect(at.w.data[0]).toBe(1);
  });
});

describe('directions', () => {
  it('have unequal magnitudes between 0.5 and 1.5 and both signs', () => {
    const v = probeDirection(1000, createRandom(3));
    expect(v.every((x) => Math.abs(x) >= 0.5 && Math.abs(x) <= 1.5)).toBe(true);
    expect(Math.abs(v.reduce((a, b) => a + b, 0))).toBeLessThan(150);
    expect(new Set(v).size).toBe(1000);
  });

  const x = [0.3, -0.2, 0.9];
  const f = (p: Float64Array) => Math.sin(p[0]! * p[1]!) + Math.exp(p[2]!);
  const g = [Math.cos(-0.06) * -0.2, Math.cos(-0.06) * 0.3, Math.exp(0.9)];
  const v = probeDirection(3, createRandom(5));
  const slope = g.reduce((total, value, i) => total + value * v[i]!, 0);

  it('a directional derivative is the inner product with the gradient', () => {
    expect(directional(f, x, v).value).toBeCloseTo(slope, 10);
  });

  it('the Taylor remainder of the right gradient falls with order 3, of a wrong one with order 1', () => {
    const right = taylorOrder(f, x, g, v);
    expect(right.verdict).toBe('right');
    expect(right.slopes.at(-1)).toBeCloseTo(3, 1);
    const wrong = taylorOrder(f, x, [g[0]!, g[1]! * 1.01, g[2]!], v);
    expect(wrong.verdict).toBe('wrong');
    expect(taylorOrder(f, x, [g[0]!, g[1]!, g[2]! + 1e-3], v, 0.1).verdict).toBe('wrong');
  });

  it('a linear function is right at once and wrong at once', () => {
    const linear = (p: Float64Array) => 2 * p[0]! - p[1]!;
    expect(taylorOrder(linear, [1, 1], [2, -1], [0.7, 1.2]).verdict).toBe('right');
    expect(taylorOrder(linear, [1, 1], [2, -1.1], [0.7, 1.2]).verdict).toBe('wrong');
  });

  it('a quadratic function is right at once too', () => {
    expect(taylorOrder((p) => p[0]! ** 2, [3], [6], [1]).verdict).toBe('right');
  });
});
