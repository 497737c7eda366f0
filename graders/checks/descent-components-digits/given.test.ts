import { expect, test } from 'vitest';
import {
  drawDigits as drawForStudents,
  loadDigits,
} from '../../../assignments/descent-components-digits/starter/digits.ts';
import { createRng } from '../../../assignments/descent-components-digits/starter/rng.ts';
import { fit } from '../../../reference/descent-components-digits/fit.ts';
import { buildNet } from '../../../reference/descent-components-digits/q1-6h.ts';
import { createRandom } from '../../numerics/random.ts';
import { drawDigits, pixels } from './digits.ts';
import { train } from './claimed-accuracy.ts';

test('students and grader draw the same random numbers from a seed', () => {
  const [theirs, ours] = [createRng(42), createRandom(42)];
  expect([theirs.uniform(), theirs.normal(), theirs.integers(9)]).toEqual([
    ours.next(),
    ours.normal(),
    ours.integer(9),
  ]);
  expect(theirs.permutation(20)).toEqual(ours.permutation(20));
});

test('students and grader have the same images, and every digit occurs', () => {
  const { train: theirs, test: theirTest } = loadDigits();
  const ours = drawDigits();
  expect(theirs.x.flat()).toEqual([...ours.train.x]);
  expect(theirTest.y).toEqual([...ours.test.y]);
  const { digits } = drawForStudents(createRng(12345));
  expect(new Set(digits).size).toBe(10);
  expect(Math.min(...digits.map((_, d) => digits.filter((digit) => digit === d % 10).length))).toBeGreaterThan(140);
});

test('the grader trains to the very accuracy that fit reaches with the model layers', async () => {
  const settings = { epochs: 3, learningRate: 0.01, mbSize: 7 };
  const curves = fit(buildNet(createRng(5)), loadDigits(), settings);
  const linear = (nIn: number, nOut: number) => ({ kind: 'linear', nIn, nOut }) as const;
  const [relu, sigmoid] = [{ kind: 'relu' }, { kind: 'sigmoid' }] as const;
  const plan = [linear(pixels, 32), relu, linear(32, 32), relu, linear(32, 32), relu, linear(32, 1), sigmoid];
  const ours = await train(plan, drawDigits(), settings, createRandom(5), 'printed');
  expect(ours.test).toBeCloseTo(curves.accuracy.test.at(-1)!, 12);
  expect(ours.train).toBeCloseTo(curves.accuracy.train.at(-1)!, 12);
});
