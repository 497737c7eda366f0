import { describe, expect, it, test } from 'vitest';
import type { NamedArrays } from '../../graders/numerics/arrays.ts';
import { arrayOf } from '../../graders/numerics/arrays.ts';
import { compareTensor } from '../../graders/numerics/compare.ts';
import { gradientOf, ridders } from '../../graders/numerics/finite-difference.ts';
import { createRandom } from '../../graders/numerics/random.ts';
import { float64 } from '../../graders/numerics/tolerance.ts';
import { l1Loss, l1Subgradient, residuals } from './l1.ts';
import { bestConstant } from './means.ts';
import type { ReluNet } from './relu-net.ts';
import { kinks, reluForward, reluPartials } from './relu-net.ts';

const random = createRandom(41, 'by hand');
const normals = (n: number) => Array.from({ length: n }, () => random.normal());
const near = (ours: readonly number[], theirs: Float64Array) =>
  compareTensor('gradient', arrayOf([...ours]), arrayOf(theirs), float64).distance;

const net1: ReluNet = { wH: [-2, 2, 4, 4], bH: [8, -8, -24, -32], wO: [1, 1, -1, 1], bO: 0 };
const net2: ReluNet = { wH: [1, 1, 1, 0], bH: [0, -3, -5, 0], wO: [1, -2, 1.5, 0], bO: 0 };
const example: ReluNet = { wH: [-1, 1, 1, -1], bH: [1, 1, -1, 1], wO: [-1, -1, -1, 1], bO: 1 };

describe('ReLU networks by hand', () => {
  it('the known weights pass through every point', () => {
    [8, 6, 4, 2, 0, 2, 4, 2, 0, 2, 4, 6, 8].forEach((y, x) => expect(reluForward(net1, x).f).toBe(y));
    [0, 1, 2, 3, 2, 1, 1.5, 2, 2.5, 3, 3.5].forEach((y, x) => expect(reluForward(net2, x).f).toBe(y));
  });

  it('kinks are where the slope changes, and by how much; units that share a place are added', () => {
    expect(kinks(net1)).toEqual([{ x: 4, change: 4 }, { x: 6, change: -4 }, { x: 8, change: 4 }]); // prettier-ignore
    expect(kinks(net2).map(({ x }) => x)).toEqual([0, 3, 5]);
  });

  it('the example has the known values and partial derivatives at 2', () => {
    expect(reluForward(example, 2)).toEqual({ zbar: [-1, 3, 1, -1], z: [0, 3, 1, 0], f: -3 });
    const partials = reluPartials(example, 2);
    expect(partials.wO).toEqual([0, 3, 1, 0]);
    expect(partials.wH.map((v) => v + 0)).toEqual([0, -2, -2, 0]);
    expect(partials.bH.map((v) => v + 0)).toEqual([0, -1, -1, 0]);
    expect(partials.bO).toBe(1);
  });

  const asNet = (at: NamedArrays): ReluNet => ({ wH: [...at.wH!.data], bH: [...at.bH!.data], wO: [...at.wO!.data], bO: at.bO!.data[0]! }); // prettier-ignore
  const asArrays = (net: ReluNet): NamedArrays => ({ wH: arrayOf(net.wH), bH: arrayOf(net.bH), wO: arrayOf(net.wO), bO: arrayOf(net.bO) }); // prettier-ignore
  const proves = (f: (net: ReluNet) => number, ours: ReluNet, at: ReluNet) => {
    const { gradient } = gradientOf((arrays) => f(asNet(arrays)), asArrays(at), (g, x) => ridders(g, x, 1e-3)); // prettier-ignore
    return Object.keys(gradient).map((name) => compareTensor(name, asArrays(ours)[name]!, gradient[name]!, float64).distance); // prettier-ignore
  };

  it('partial derivatives agree with differences away from kinks, and 0.1 % too much is caught', () => {
    const net: ReluNet = { wH: [0.7, -1.2, 0.4, 1.5], bH: [0.3, 1.8, -0.9, -0.2], wO: normals(4), bO: 0.2 };
    const ours = reluPartials(net, 1.3);
    expect(Math.max(...proves((n) => reluForward(n, 1.3).f, ours, net))).toBeLessThan(1e-9);
    const tampered = { ...ours, wH: ours.wH.map((v) => 1.001 * v) };
    expect(Math.max(...proves((n) => reluForward(n, 1.3).f, tampered, net))).toBeGreaterThan(1e-6);
  });
});

describe('least absolute deviations', () => {
  const X = Array.from({ length: 7 }, () => normals(3));
  const [w, y] = [normals(3), normals(7)];

  it('the subgradient is the gradient away from kinks', () => {
    expect(Math.min(...residuals(X, w, y).map(Math.abs))).toBeGreaterThan(0.01);
    const { gradient } = gradientOf((at) => l1Loss(X, [...at.w!.data], y), { w: arrayOf(w) }, (f, x) => ridders(f, x, 1e-4)); // prettier-ignore
    expect(near(l1Subgradient(X, w, y), gradient.w!.data)).toBeLessThan(1e-9);
    expect(near(l1Subgradient(X, w, y).map((v) => 1.001 * v), gradient.w!.data)).toBeGreaterThan(1e-6); // prettier-ignore
  });

  it('a residual of zero pulls nowhere', () => {
    expect(l1Subgradient([[1, 2]], [1, 1], [3])).toEqual([0, 0]);
    expect(l1Loss([[1, 2], [0, 1]], [1, 1], [0, 3])).toBe(5); // prettier-ignore
  });
});

test('the sum of squared distances is least at the mean, where it has no slope', () => {
  const xs = Array.from({ length: 6 }, () => normals(3));
  const distances = (mu: readonly number[]) => xs.flatMap((x) => x.map((v, j) => (v - mu[j]!) ** 2)).reduce((a, b) => a + b, 0); // prettier-ignore
  const best = bestConstant(xs);
  const { gradient } = gradientOf((at) => distances([...at.mu!.data]), { mu: arrayOf(best) });
  for (const slope of gradient.mu!.data) expect(Math.abs(slope)).toBeLessThan(1e-10);
  expect(distances(best)).toBeLessThan(distances(best.map((v) => v + 0.01)));
});
