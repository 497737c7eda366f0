import { describe, expect, it } from 'vitest';
import { arrayOf } from './arrays.ts';
import { answerDistance, liesApart } from './identifiability.ts';

const expected = { W: arrayOf([1, -4]), b: arrayOf([0, 0]) };

describe('answerDistance', () => {
  it('is the worst tensor in units of its expected scale; zeros take the scale of their siblings', () => {
    const a = { W: arrayOf([1, -3]), b: arrayOf([0, 0]) };
    const b = { W: arrayOf([1, -4]), b: arrayOf([0, 2]) };
    expect(answerDistance(a, expected, expected)).toBe(0.25);
    expect(answerDistance(a, b, expected)).toBe(0.5);
  });

  it('other names, other shapes and NaN against a number are infinitely far, NaN against NaN is not', () => {
    const odd = { W: arrayOf([1, NaN]), b: arrayOf([0, 0]) };
    expect(answerDistance({ W: expected.W }, expected, expected)).toBe(Infinity);
    expect(answerDistance({ ...expected, b: arrayOf([0]) }, expected, expected)).toBe(Infinity);
    expect(answerDistance(odd, expected, expected)).toBe(Infinity);
    expect(answerDistance(odd, odd, expected)).toBe(0);
  });
});

it('lying apart is a distance beyond the limit, not at it', () => {
  const other = { ...expected, W: arrayOf([1, -3]) };
  expect(liesApart(other, expected, expected, 0.25)).toBe(false);
  expect(liesApart(other, expected, expected, 0.24)).toBe(true);
});
