import { describe, expect, it } from 'vitest';
import {
  binomialTails,
  chiSquare,
  chiSquareQuantile,
  incompleteGamma,
  logGamma,
  normalCdf,
  normalQuantile,
  normalUpper,
  normalUpperQuantile,
} from './special-functions.ts';

const near = (value: number, expected: number, relative = 1e-12) =>
  expect(Math.abs(value - expected) / Math.abs(expected)).toBeLessThan(relative);

describe('gamma functions', () => {
  it('have the known values', () => {
    near(logGamma(0.1), 2.252712651734206);
    near(logGamma(0.5), 0.5723649429247);
    near(logGamma(25), 54.78472939811232);
    near(logGamma(1000.5), 5908.674175848678);
    expect(() => logGamma(0)).toThrow(/positive/);
  });

  it.each([
    [0.5, 0.2, 0.47291074313446196, 0.5270892568655381],
    [1, 1, 0.6321205588285577, 0.36787944117144245],
    [2.5, 7, 0.9843905838997331, 0.01560941610026691],
    [10, 3, 0.0011024881301154815, 0.9988975118698845],
    [100, 130, 0.9972495916326934, 0.002750408367306518],
    [5000, 4700, 7.597064861941285e-6, 0.9999924029351381],
    [30000, 31000, 0.999999994433286, 5.566713980666515e-9],
    [3, 60, 1, 1.629586652937817e-23],
  ])('incompleteGamma(%d, %d) has both known tails', (a, x, lower, upper) => {
    near(incompleteGamma(a, x).lower, lower, 3e-11);
    near(incompleteGamma(a, x).upper, upper, 3e-11);
  });

  it('start at 0 and end at 1', () => {
    expect(incompleteGamma(3, 0)).toEqual({ lower: 0, upper: 1 });
    expect(incompleteGamma(3, Infinity)).toEqual({ lower: 1, upper: 0 });
    expect(() => incompleteGamma(3, -1)).toThrow(/x ≥ 0/);
  });
});

describe('the normal distribution', () => {
  it.each([
    [0.5, 0.3085375387259869],
    [-1, 0.8413447460685429],
    [4.892, 4.990822236945982e-7],
    [10, 7.61985302416047e-24],
    [30, 4.906713927147908e-198],
  ])('P(Z > %d) is known far into the tail', (z, upper) => near(normalUpper(z), upper, 1e-11));

  it('has the known quantiles and inverts itself', () => {
    near(normalQuantile(5e-7), -4.891638475698591);
    near(normalQuantile(0.025), -1.9599639845400545);
    near(normalQuantile(0.99), 2.3263478740408408);
    near(normalUpperQuantile(1e-4), 3.7190164854556804, 1e-11);
    expect(Math.abs(normalQuantile(0.5))).toBeLessThan(1e-15);
    for (const p of [1e-12, 0.2, 0.7]) near(normalCdf(normalQuantile(p)), p, 1e-11);
    expect(() => normalQuantile(1)).toThrow(/\(0, 1\)/);
  });
});

describe('the χ² distribution', () => {
  it.each([
    [1e-6, 49, 111.13590530067539, 15.320530181021244],
    [5e-7, 9, 46.4348367220341, 0.19519342928962174],
    [1e-4, 120_000, 121830.49833769012, 118186.60971991593],
  ])('has the known quantiles for probability %d and %d degrees of freedom', (p, df, upper, lower) => {
    near(chiSquareQuantile({ upper: p }, df), upper, 1e-9);
    near(chiSquareQuantile({ lower: p }, df), lower, 1e-9);
  });

  it('is the exponential distribution for two degrees of freedom', () => {
    near(chiSquare(5, 2).upper, Math.exp(-2.5));
    expect(chiSquare(-1, 2).upper).toBe(1);
  });
});

describe('the binomial distribution', () => {
  it.each([
    [3, 10, 0.2, 0.8791261184, 0.3222004736],
    [0, 159, 0.0819, 1.2575000045367608e-6, 1],
    [60, 1000, 0.05, 0.9329374813666919, 0.08673217838486103],
    [5200, 10_000, 0.5, 0.999969705391186, 3.2967577993361714e-5],
  ])('has the known tails at %d of %d with %d', (k, n, p, atMost, atLeast) => {
    near(binomialTails(k, n, p).atMost, atMost, 1e-9);
    near(binomialTails(k, n, p).atLeast, atLeast, 1e-9);
  });

  it('holds no surprise for certain events', () => {
    expect(binomialTails(0, 5, 0)).toEqual({ atMost: 1, atLeast: 1 });
    expect(binomialTails(4, 5, 1)).toEqual({ atMost: 0, atLeast: 1 });
  });
});
