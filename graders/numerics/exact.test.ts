import { describe, expect, it } from 'vitest';
import { arrayOf, mapArray } from './arrays.ts';
import { assertExact, compareExact, integerProbe } from './exact.ts';
import { createRandom } from './random.ts';
import { matmul32 } from './single-precision.ts';

describe('integer probes', () => {
  const A = integerProbe([9, 300], createRandom(1, 'A'));
  const B = integerProbe([300, 7], createRandom(2, 'B'));

  it('hold integers of both signs within the limit and never zero', () => {
    expect(A.data.every((v) => Number.isInteger(v) && v !== 0 && Math.abs(v) <= 8)).toBe(true);
    expect([Math.min(...A.data), Math.max(...A.data)]).toEqual([-8, 8]);
    expect(() => integerProbe([2], createRandom(1), 0)).toThrow(/limit/);
  });

  it('give the same product in float32 whatever the order of summing, so one unit is enough to reject', () => {
    assertExact(300, [8, 8]);
    const [first, second] = [3, 4].map((seed) => matmul32(A, B, createRandom(seed)));
    expect(compareExact('AB', first!, second!).distance).toBe(0);
    const off = mapArray(second!, (v, i) => (i === 40 ? v + 1 : v));
    expect(compareExact('AB', off, second!).distance).toBeGreaterThan(0);
  });

  it('too large a design is refused before it is asked', () => {
    expect(() => assertExact(300, [300, 300])).toThrow(/not exact in float32/);
    expect(() => compareExact('x', arrayOf([0.5]), arrayOf([0.5]))).toThrow(/must hold integers/);
    expect(() => compareExact('x', arrayOf([1]), arrayOf([2 ** 24 + 2]))).toThrow(/must hold integers/);
  });
});
