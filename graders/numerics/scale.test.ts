import { describe, expect, it } from 'vitest';
import { arrayOf, mapArray } from './arrays.ts';
import { explainScale, fitScale } from './scale.ts';

const expected = arrayOf([0.3, -1.2, 0.7, 2.5]);
const quantities = [
  { symbol: 'N', value: 11, means: 'the batch size' },
  { symbol: 'C', value: 3, means: 'the number of classes' },
  { symbol: 'lr', value: 0.237, means: 'the learning rate' },
];
const says = (scale: number) => explainScale(scale, quantities)[0]?.says;

describe('fitScale', () => {
  it('finds the factor of a multiple, with cosine ±1 and no residual', () => {
    const fit = fitScale(mapArray(expected, (v) => -11 * v), expected)!; // prettier-ignore
    expect(fit.scale).toBeCloseTo(-11, 12);
    expect(fit.cosine).toBeCloseTo(-1, 12);
    expect(fit.residual).toBeLessThan(1e-15);
  });

  it('shows by its residual what the cosine hides', () => {
    const bent = mapArray(expected, (v, i) => (i === 0 ? v + 1e-3 : v));
    const fit = fitScale(bent, expected)!;
    expect(1 - fit.cosine).toBeLessThan(1e-6);
    expect(fit.residual).toBeGreaterThan(3e-4);
  });

  it('has nothing to say of zeros, NaN and other shapes', () => {
    const zero = arrayOf([0, 0, 0, 0]);
    expect(fitScale(zero, expected)).toBeUndefined();
    expect(fitScale(expected, zero)).toBeUndefined();
    expect(fitScale(arrayOf([NaN, 1, 1, 1]), expected)).toBeUndefined();
    expect(fitScale(arrayOf([1]), expected)).toBeUndefined();
  });
});

describe('explainScale', () => {
  it('names the quantity that a factor is made of', () => {
    expect(says(11)).toBe('11 times too large: the batch size');
    expect(says(1 / 11)).toBe('11 times too small: the batch size');
    expect(says(-1)).toBe('of the opposite sign');
    expect(says(2)).toBe('2 times too large: a factor 2');
    expect(says(11 / 3)).toBe('3.667 times too large: the batch size divided by the number of classes');
    expect(says(-121)).toBe('of the opposite sign and 121 times too large: the batch size, squared');
    expect(says(0.237)).toBe('4.219 times too small: one over the learning rate');
    expect(says(1)).toBe('the right size');
  });

  it('has no explanation for a factor that is made of none of them', () => {
    for (const scale of [1.37, 0.7, -5.01, 0, NaN, Infinity]) expect(explainScale(scale, quantities)).toEqual([]);
  });

  it('tells every explanation when the design cannot tell them apart, the simplest first', () => {
    const square = [{ symbol: 'N', value: 4, means: 'the batch size' }];
    const found = explainScale(4, square);
    expect(found.map(({ exponents }) => exponents)).toEqual([{ N: 1 }, { '2': 2 }, { N: 2, '2': -2 }]);
    expect(found.map(({ complexity }) => complexity)).toEqual([1, 2, 4]);
  });

  it('refuses a quantity without a positive value', () => {
    expect(() => explainScale(2, [{ symbol: 'N', value: 0, means: 'nothing' }])).toThrow(/N must be positive/);
  });
});
