import { describe, expect, it } from 'vitest';
import type { NamedArrays } from './arrays.ts';
import { arrayOf, makeArray, mapArray, transpose, zipArrays } from './arrays.ts';
import { compareTensor, judge } from './compare.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';
import { columnSums32, matmul32, sum32 } from './single-precision.ts';
import { bandOf, calibrate, elementary32, elementary64, exact, float32, float64, scaledBand } from './tolerance.ts';

describe('bands', () => {
  it('have ordered ends and a reason each', () => {
    for (const band of [float32, float64, exact, elementary32, elementary64]) {
      expect(band.accept).toBeLessThanOrEqual(band.reject);
      expect(band.says.length).toBeGreaterThan(40);
    }
    expect([bandOf('single'), bandOf('double')]).toEqual([float32, float64]);
  });

  it('with ends in the wrong order are refused', () => {
    expect(() => scaledBand('mine', 2, 1, 'because')).toThrow(/0 ≤ accept ≤ reject/);
    expect(() => scaledBand('mine', NaN, 1, 'because')).toThrow(/band mine/);
  });
});

describe('sums in single precision', () => {
  it('depend on the order a little, and not at all for integers', () => {
    const random = createRandom(1, 'sums');
    const terms = Float64Array.from({ length: 500 }, () => random.normal());
    const sums = Array.from({ length: 20 }, (_, i) => sum32(terms, createRandom(i)));
    expect(new Set(sums).size).toBeGreaterThan(5);
    const exactSum = terms.reduce((a, b) => a + b, 0);
    for (const s of sums) expect(Math.abs(s - exactSum)).toBeLessThan(1e-4);
    expect(sum32([5, -3, 8], random)).toBe(10);
  });

  it('products are the products', () => {
    const A = arrayOf([[1, 2], [3, 4]]); // prettier-ignore
    expect([...matmul32(A, A, createRandom(1)).data]).toEqual([7, 10, 15, 22]);
    expect([...columnSums32(A, createRandom(1)).data]).toEqual([4, 6]);
    expect(() => matmul32(A, arrayOf([[1, 2]]), createRandom(1))).toThrow(/do not fit/);
  });
});

/** The gradient of ½‖tanh(XW) V‖²/N over W and V: small, with the kinds of sums a network has. */
function gradients(X: number[][], W: number[][], V: number[][], random: Random | undefined): NamedArrays {
  const f = random ? Math.fround : (v: number) => v;
  const product = (A: ReturnType<typeof arrayOf>, B: ReturnType<typeof arrayOf>) =>
    random ? matmul32(A, B, random) : matmul64(A, B);
  const [x, w, v] = [X, W, V].map((m) => arrayOf(m));
  const a = mapArray(product(x!, w!), (z) => f(Math.tanh(z)));
  const delta = mapArray(product(a, v!), (o) => f(o / X.length));
  const back = zipArrays(product(delta, transpose(v!)), a, (g, h) => f(g * f(1 - f(h * h))));
  return { W: product(transpose(x!), back), V: product(transpose(a), delta) };
}
function matmul64(A: ReturnType<typeof arrayOf>, B: ReturnType<typeof arrayOf>) {
  const [m, k, n] = [A.shape[0]!, A.shape[1]!, B.shape[1]!];
  const entry = (i: number, j: number) => {
    let total = 0;
    for (let l = 0; l < k; l++) total += A.data[i * k + l]! * B.data[l * n + j]!;
    return total;
  };
  return makeArray([m, n], Array.from({ length: m * n }, (_, p) => entry(Math.floor(p / n), p % n))); // prettier-ignore
}

describe('calibrate', () => {
  const random = createRandom(7, 'calibrate');
  const matrix = (rows: number, cols: number) =>
    Array.from({ length: rows }, () => Array.from({ length: cols }, () => Math.fround(random.normal(0, 0.7))));
  const [X, W, V] = [matrix(11, 20), matrix(20, 6), matrix(6, 4)];
  const expected = gradients(X, W, V, undefined);
  const plan = { expected, rerun: (r: Random) => gradients(X, W, V, r), random: createRandom(8, 'runs') };

  it('never goes below the float32 band on a mild probe, and a fresh correct run stays ten times below it', () => {
    const bands = calibrate(plan);
    for (const [name, band] of Object.entries(bands)) {
      expect(band.accept).toBe(float32.accept);
      expect(band.reject).toBe(10 * float32.accept);
      for (let seed = 0; seed < 20; seed++) {
        const gap = compareTensor(name, plan.rerun(createRandom(seed, 'fresh'))[name]!, expected[name]!, band);
        expect(gap.distance).toBeLessThan(band.accept / 10);
        expect(judge(gap, band)).toBe('accept');
      }
    }
  });

  it('widens to ten times the measured noise where rounding is large', () => {
    const noisy = (r: Random) => ({ s: arrayOf([1 + 1e-4 * (r.next() < 0.5 ? -1 : 1), 2]) });
    const band = calibrate({ expected: { s: arrayOf([1, 2]) }, rerun: noisy, random: createRandom(1) }).s!;
    expect(band.accept).toBeCloseTo(5e-4, 12);
    expect(band.says).toContain('5.0e-4');
  });

  it('keeps the rejecting end short of the nearest mistake, and refuses a probe where there is no room', () => {
    expect(calibrate({ ...plan, separation: { W: 0.003, V: 1 } }).W!.reject).toBe(0.0015);
    expect(() => calibrate({ ...plan, separation: { W: 0.0015, V: 1 } })).toThrow(/W would accept 2.0e-4.*choose another probe/); // prettier-ignore
  });

  it('refuses zeros, overflow and re-runs of another shape, which are our own faults', () => {
    const one = { s: arrayOf([1]) };
    const run = (e: NamedArrays, r: NamedArrays) => () => calibrate({ expected: e, rerun: () => r, random });
    expect(run({ s: arrayOf([0]) }, one)).toThrow(/finite and not all zero/);
    expect(run(one, { s: arrayOf([Infinity]) })).toThrow(/not finite in float32/);
    expect(run({ s: arrayOf([1, 1]) }, { s: arrayOf([NaN, 1]) })).toThrow(/not finite in float32/);
    expect(run(one, {})).toThrow(/no s of the expected shape/);
  });
});
