/** Whether a gradient is that of the loss that it is claimed for. */
import { expect, test } from 'vitest';
import type { Precision } from './model/guest.ts';
import type { NamedArrays } from './numerics/arrays.ts';
import { arrayOf } from './numerics/arrays.ts';
import { probeDirection } from './numerics/finite-difference.ts';
import { createRandom } from './numerics/random.ts';
import { isFollowed, isGradientOfOwnLoss } from './two-sided.ts';
import type { Form, OwnLoss } from './two-sided.ts';
import type { Elementwise } from './two-sided.testing.ts';
import { sigmoid } from './two-sided.testing.ts';

/** A loss of numbers under names, with a gradient that is claimed for it. */
const lossOf = (
  at: (inputs: NamedArrays) => number,
  inputs: Record<string, readonly number[]>,
  gradient: Record<string, readonly number[]>,
  more: Partial<OwnLoss> = {},
): OwnLoss => {
  const arrays = (of: Record<string, readonly number[]>) =>
    Object.fromEntries(Object.entries(of).map(([name, values]) => [name, arrayOf([...values])]));
  return {
    at: (moved) => Promise.resolve(at(moved)),
    inputs: arrays(inputs),
    gradient: arrays(gradient),
    right: arrays(gradient),
    random: createRandom(5, 'losses'),
    ...more,
  };
};
const sumOf = (f: Elementwise) => (inputs: NamedArrays) =>
  Object.values(inputs).reduce((sum, { data }) => sum + data.reduce((s, v) => s + f(v), 0), 0);
const squares = sumOf((x) => x * x);

test('a gradient is that of a loss in every tensor and along every direction', async () => {
  const inputs = { a: [1, -2, 3], b: [0.5] };
  const is = (gradient: Record<string, number[]>, more: Partial<OwnLoss> = {}) =>
    isGradientOfOwnLoss(lossOf(squares, inputs, gradient, more));
  const right = { a: [2, -4, 6], b: [1] };
  expect(await is(right)).toBe(true);
  expect(await is({ ...right, b: [1.001] })).toBe(false);
  expect(await is({ ...right, a: [2, -4, 6.001] })).toBe(false);
  expect(await is({ a: right.a })).toBe(false);
  expect(await is({ ...right, a: [2, -4] })).toBe(false);
  expect(await is({ ...right, a: [2, -4, NaN] })).toBe(false);
  expect(await is({ a: [-2, 4, -6], b: [-1] })).toBe(false);
  expect(await isGradientOfOwnLoss(lossOf(() => NaN, inputs, right))).toBe(false);
  // What is missing is no zero.
  expect(await isGradientOfOwnLoss(lossOf(squares, { a: [1, 0] }, { a: [2] }))).toBe(false);
  // An error of a few parts in 100,000 is one in a large tensor as well.
  const large = Array.from({ length: 100 }, (_, i) => 1 + (i % 7));
  const off = (by: number) => lossOf(squares, { a: large }, { a: large.map((x) => 2 * x * (1 + by)) });
  expect([await isGradientOfOwnLoss(off(0)), await isGradientOfOwnLoss(off(3e-5))]).toEqual([true, false]);
});

test('three directions are tried, so that an error across one of them is seen along another', async () => {
  const directions = [0, 1, 2].map((i) => probeDirection(3, createRandom(5, 'losses').fork(`a ${i}`)));
  for (const [i, j] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    // prettier-ignore
    const [u, v] = [directions[i]!, directions[j]!];
    // Across both of these directions, so only the third one shows it.
    const across = [0, 1, 2].map((k) => u[(k + 1) % 3]! * v[(k + 2) % 3]! - u[(k + 2) % 3]! * v[(k + 1) % 3]!);
    const gradient = [2, -4, 6].map((g, k) => g + across[k]!);
    expect(await isGradientOfOwnLoss(lossOf(squares, { a: [1, -2, 3] }, { a: gradient }))).toBe(false);
  }
});

test('differences agree to the size of the tensor, closely in double precision and roughly in single', async () => {
  const off = (by: number, precision?: Precision) =>
    isGradientOfOwnLoss(
      lossOf(
        squares,
        { a: [1, -2, 3] },
        { a: [2, -4, 6].map((g) => g * (1 + by)) },
        { ...(precision && { precision }) },
      ),
    );
  expect([await off(3e-6), await off(1e-4)]).toEqual([true, false]);
  expect([await off(3e-6, 'double'), await off(1e-4, 'double')]).toEqual([true, false]);
  expect([await off(1e-3, 'single'), await off(0.05, 'single')]).toEqual([true, false]);
  // Where the loss does not move along a direction the size of the tensor says what is nothing.
  const flat = (by: number) => isGradientOfOwnLoss(lossOf(() => 7, { a: [1, 2, 3, 4] }, { a: [by, -by, by, by] }));
  expect([await flat(0), await flat(1e-9)]).toEqual([true, false]);
  // The steps are small beside a loss that curves sharply, and large beside the rounding of single precision.
  const sharp = sumOf((x) => Math.sin(40 * x));
  const slopes = { a: [1, -2, 3].map((x) => 40 * Math.cos(40 * x)) };
  expect(await isGradientOfOwnLoss(lossOf(sharp, { a: [1, -2, 3] }, slopes))).toBe(true);
  const rounded = (moved: NamedArrays) => Math.fround(1 + squares(moved));
  expect(
    await isGradientOfOwnLoss(lossOf(rounded, { a: [1, -2, 3] }, { a: [2, -4, 6] }, { precision: 'single' })),
  ).toBe(true);
  expect(await isGradientOfOwnLoss(lossOf(rounded, { a: [1, -2, 3] }, { a: [2, -4, 6] }))).toBe(false);
});

test('zeros are followed nowhere: every tensor has to move somewhere, on one probe at least', async () => {
  const loss = (a: number[], b: number[]) => lossOf(squares, { a: [1, 2], b: [3, 4] }, { a, b });
  const followed = (...losses: OwnLoss[]) => isFollowed(losses, true, 'straight');
  expect(await followed(loss([1, 2], [3, 4]))).toBe(true);
  expect(await followed(loss([1, 2], [0, 0]))).toBe(false);
  expect(await followed(loss([0, 0], [3, 4]))).toBe(false);
  expect(await followed(loss([1, 2], [0, 0]), loss([0, 0], [0, 4]))).toBe(true);
  expect(await followed(loss([1, 2], [0, 0]), loss([1, 2], [0, 0]))).toBe(false);
  expect(await followed()).toBe(false);
});

test('what is not recognised has to be like the right gradient, on average over the probes where that is not zero', async () => {
  const loss = (gradient: number[], right: number[]) =>
    lossOf(squares, { a: [1, 2] }, { a: gradient }, { right: { a: arrayOf(right) } });
  const like = (...losses: OwnLoss[]) => isFollowed(losses, false, 'straight');
  expect(await like(loss([1, 0], [1, 0]))).toBe(true);
  // Another sign is alike, a right angle is not, and half is enough.
  expect(await like(loss([-1, 0], [1, 0]))).toBe(true);
  expect(await like(loss([0, 1], [1, 0]))).toBe(false);
  expect(await like(loss([1, 0], [1, 0]), loss([0, 1], [1, 0]))).toBe(true);
  expect(await like(loss([1, 0], [1, 0]), loss([0, 1], [1, 0]), loss([0, 1], [1, 0]))).toBe(false);
  // Signs that change from probe to probe are those of noise.
  expect(await like(loss([1, 0], [1, 0]), loss([-1, 0], [1, 0]))).toBe(false);
  // Where the right gradient vanishes nothing can be said, and where that is everywhere nothing is alike.
  expect(await like(loss([1, 0], [1, 0]), loss([0, 1], [0, 0]), loss([0, 1], [0, 0]))).toBe(true);
  expect(await like(loss([1, 0], [0, 0]))).toBe(false);
  // A zero of the student's is unlike, and makes no other one more alike.
  expect(await like(loss([1, 0], [1, 0]), loss([0, 0], [1, 0]), loss([0, 0], [1, 0]))).toBe(false);
  expect(await isFollowed([loss([0, 1], [1, 0])], true, 'straight')).toBe(true);
});

test('every tensor has to be alike', async () => {
  const loss = lossOf(
    squares,
    { a: [1, 2], b: [3, 4] },
    { a: [1, 0], b: [0, 1] },
    {
      right: { a: arrayOf([1, 0]), b: arrayOf([1, 0]) },
    },
  );
  expect(await isFollowed([loss], false, 'straight')).toBe(false);
});

test('a form is that of every tensor on some probe', async () => {
  const kink = (x: number) => (x > 0 ? x : 0);
  const of = (f: Elementwise, form: Form, inputs: Record<string, number[]> = { a: [1, -2, 3] }) => {
    const gradient = Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, values.map(() => 1)]));
    return isFollowed([lossOf(sumOf(f), inputs, gradient)], true, form);
  };
  const line = (x: number) => 3 * x;
  const rows: [Elementwise, boolean, boolean][] = [
    [sigmoid, true, false],
    [kink, false, true],
    [line, false, false],
    [() => 7, false, false],
  ];
  for (const [f, curved, bent] of rows)
    expect([await of(f, 'curved'), await of(f, 'bent'), await of(f, 'straight')], String(f)).toEqual([
      curved,
      bent,
      true,
    ]);
  // What curves a little need not bend.
  expect(await of((x) => x + 0.005 * Math.sin(x), 'curved')).toBe(true);
  const mixed = (moved: NamedArrays) => sumOf(sigmoid)({ a: moved['a']! }) + sumOf(line)({ b: moved['b']! });
  const gradient = { a: [1, 1], b: [1, 1] };
  const half = lossOf(mixed, { a: [1, -2], b: [1, -2] }, gradient);
  expect(await isFollowed([half], true, 'curved')).toBe(false);
  const whole = lossOf(sumOf(sigmoid), { a: [1, -2], b: [1, -2] }, gradient);
  expect(await isFollowed([half, whole], true, 'curved')).toBe(true);
  expect(await isFollowed([half, half], true, 'curved')).toBe(false);
});
