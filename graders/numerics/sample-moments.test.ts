import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { couldHave, momentsOf } from './sample-moments.ts';

const random = createRandom(9, 'moments');
const n = 20_000;
const half = { mean: 0, rms: Math.SQRT1_2 };
const draw = (one: () => number) => Float64Array.from({ length: n }, () => Math.fround(one()));
const laws = {
  normal: () => random.normal(0, Math.SQRT1_2),
  uniform: () => random.uniform(-1, 1) * Math.sqrt(1.5),
  coin: () => (random.next() < 0.5 ? 1 : -1) * Math.SQRT1_2,
  exponential: () => (random.next() < 0.5 ? 1 : -1) * -Math.log(1 - random.next()) * 0.5,
};

test.each(Object.entries(laws))('draws of mean 0 and variance ½ have both, whatever their law: %s', (_, one) => {
  for (let i = 0; i < 20; i++) expect(couldHave([draw(one), draw(one)], half)).toBe(true);
});

test('a mean or a spread that is 5 % of the spread off is seen', () => {
  const off = [() => random.normal(0.05, Math.SQRT1_2), () => random.normal(0, 0.74), () => random.uniform(-0.7, 0.7)];
  for (const one of off) expect(couldHave([draw(one), draw(one)], half)).toBe(false);
});

test('numbers that are not finite have no spread', () => {
  const broken = draw(() => NaN);
  expect(momentsOf(broken).rms).toBeNaN();
  expect(couldHave([broken, broken], half)).toBe(false);
});
