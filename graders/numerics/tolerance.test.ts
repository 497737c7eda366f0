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

describe('the bands themselves', () => {
  it('are these, each with its measure and its reason in numbers', () => {
    const told = [float32, float64, exact, elementary32, elementary64].map(({ says, ...band }) => [
      band,
      says.slice(0, 60),
    ]);
    expect(told).toEqual([
      [
        { id: 'float32', accept: 2e-4, reject: 2e-3, measure: 'scaled' },
        'accepted up to 0.0002 of the largest expected value, rejecte',
      ],
      [
        { id: 'float64', accept: 1e-9, reject: 1e-6, measure: 'scaled' },
        'accepted up to 1e-9 of the largest expected value, rejected ',
      ],
      [
        { id: 'exact', accept: 0, reject: 0, measure: 'scaled' },
        'no difference allowed: every number here is exact in any pre',
      ],
      [
        { id: 'elementary32', accept: 8, reject: 80, measure: 'ulp', ulp: { precision: 'single', atol: 1e-7 } },
        'accepted up to 8 units in the last place of a 32-bit number ',
      ],
      [
        { id: 'elementary64', accept: 64, reject: 4096, measure: 'ulp', ulp: { precision: 'double', atol: 1e-15 } },
        'accepted up to 64 units in the last place of a 64-bit number',
      ],
    ]);
  });

  it('of an author may have equal ends, begin at zero, and never end at infinity', () => {
    expect(scaledBand('mine', 0, 0, 'because')).toEqual({
      id: 'mine',
      accept: 0,
      reject: 0,
      measure: 'scaled',
      says: 'because',
    });
    expect(scaledBand('mine', 1, 1, 'because').reject).toBe(1);
    for (const [accept, reject] of [
      [-1, 1],
      [0, Infinity],
      [0, NaN],
    ] as const)
      // prettier-ignore
      expect(() => scaledBand('mine', accept, reject, 'because')).toThrow(`band mine: accept ${accept} and reject ${reject} must`);
  });
});

describe('a calibration', () => {
  /** Re-runs that are off by these, one a run; the first tensor is [1, 2], so that shares are halves. */
  const off = (...errors: number[]) => {
    let run = 0;
    return (): NamedArrays => ({ s: arrayOf([1 + errors[run++ % errors.length]!, 2]) });
  };
  const expected = { s: arrayOf([1, 2]) };
  const bandAt = (more: Partial<Parameters<typeof calibrate>[0]>) =>
    calibrate({ expected, rerun: off(0), random: createRandom(1), ...more })['s']!;

  it('takes the worst of its runs, eight where nothing else is said, each with a stream of its own', () => {
    expect(bandAt({ rerun: off(0, -2e-4, 1e-4) }).accept).toBeCloseTo(1e-3, 12);
    const late = [0, 0, 0, 0, 0, 0, 0, 2e-4];
    expect(bandAt({ rerun: off(...late) }).accept).toBeCloseTo(1e-3, 12);
    expect(bandAt({ rerun: off(0, ...late) }).accept).toBe(float32.accept);
    expect(bandAt({ rerun: off(2e-4), runs: 1 }).accept).toBeCloseTo(1e-3, 12);
    const streams: number[] = [];
    bandAt({ rerun: (random) => (streams.push(random.next()), expected), runs: 3 });
    expect(streams).toEqual([0, 1, 2].map((run) => createRandom(1).fork(`rerun ${run}`).next()));
  });

  it('needs a run', () => {
    expect(() => bandAt({ runs: 0 })).toThrow('calibrate: needs at least one run');
  });

  it('says its limits and where they come from, and rejects from ten times the accepting end', () => {
    expect(bandAt({ rerun: off(2e-4) })).toEqual({
      id: 'calibrated s',
      accept: expect.closeTo(1e-3, 12) as number,
      reject: expect.closeTo(1e-2, 12) as number,
      measure: 'scaled',
      says: 'accepted up to 1.0e-3 of the largest expected value, rejected from 1.0e-2: ten times the rounding error measured on this input in single precision',
    });
  });

  it('leaves room before the nearest mistake: none is ten times the accepting end away at least', () => {
    const at = (separation: number) => bandAt({ separation: { s: separation } });
    expect(at(1).reject).toBe(2e-3);
    expect(at(0.0021).reject).toBeCloseTo(0.00105, 12);
    expect(at(0.002).reject).toBe(0.001);
    expect(() => at(0.0019)).toThrow(
      'calibrate: s would accept 2.0e-4, but the nearest known mistake is only 1.9e-3 away; choose another probe',
    );
  });

  it('refuses what is not finite or of another shape, by name', () => {
    expect(() => bandAt({ expected: { s: arrayOf([Infinity, 1]) } })).toThrow(
      'calibrate: the expected s must be finite and not all zero',
    );
    expect(() => bandAt({ rerun: () => ({ s: arrayOf([1]) }) })).toThrow(
      'calibrate: the re-run gave no s of the expected shape',
    );
    expect(() => bandAt({ rerun: off(0, NaN, 0) })).toThrow(
      'calibrate: s is not finite in float32; choose a milder probe',
    );
  });
});
