import { expect, test } from 'vitest';
import { permutationFault } from './permutations.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

const n = 24;
const identity = Array.from({ length: n }, (_, i) => i);
const orders = (count: number, next: (random: Random, last: readonly number[]) => number[], name = 'orders') => {
  const random = createRandom(7, name);
  const drawn: number[][] = [];
  for (let i = 0; i < count; i++) drawn.push(next(random, drawn.at(-1) ?? identity));
  return drawn;
};
const rotated = (order: readonly number[], by: number) => [...order.slice(by), ...order.slice(0, by)];
const blocks = (order: readonly number[], size: number) =>
  Array.from({ length: order.length / size }, (_, i) => order.slice(i * size, (i + 1) * size));
const shuffled = <T>(items: readonly T[], random: Random): T[] =>
  random.permutation(items.length).map((i) => items[i]!);

test('fair shuffles are none the worse, short or long, few or many, of the data or of the last order', () => {
  const random = createRandom(3, 'fair');
  for (const size of [4, 5, 10, 24, 200]) {
    for (const count of [1, 2, 3, 12, 60]) {
      for (let repeat = 0; repeat < 40; repeat++) {
        expect(permutationFault(Array.from({ length: count }, () => random.permutation(size)))).toBeUndefined();
      }
    }
  }
  expect(permutationFault(orders(20, (r, last) => shuffled(last, r)))).toBeUndefined();
});

test.each<[string, (random: Random, last: readonly number[]) => number[], number, RegExp]>([
  ['the order of the data', () => identity, 1, /stays in the order of the data/],
  ['a rotation of the data', (r) => rotated(identity, 1 + r.integer(n - 1)), 1, /followed each other/],
  [
    'a rotation of the last order, which is shuffled once',
    (r, last) => (last === identity ? r.permutation(n) : rotated(last, 1 + r.integer(n - 1))),
    3,
    /followed each other/,
  ],
  [
    'every place exchanged with an earlier one, and never with itself',
    (r) => {
      const order = [...identity];
      for (let i = n - 1; i > 0; i--) {
        const j = r.integer(i);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
    30,
    /nothing ever stays at its place in the order of the data/,
  ],
  ['the data backwards', () => [...identity].reverse(), 1, /backwards/],
  [
    'the same shuffle every time',
    () => createRandom(1, 'one').permutation(n),
    3,
    /stays in the order of the time before/,
  ],
  ['whole batches moved', (r) => shuffled(blocks(identity, 6), r).flat(), 3, /followed each other|stays in the order/],
  [
    'batches of shuffled contents moved',
    (r) => shuffled(blocks(identity, 6), r).flatMap((block) => shuffled(block, r)),
    6,
    /stays together/,
  ],
  [
    'halves shuffled apart',
    (r) => [...shuffled(identity.slice(0, n / 2), r), ...shuffled(identity.slice(n / 2), r)],
    6,
    /stays together|early/,
  ],
  [
    'a few exchanges',
    (r) => {
      const order = [...identity];
      for (let k = 0; k < 4; k++) {
        const [i, j] = [r.integer(n), r.integer(n)];
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
    3,
    /stays in the order/,
  ],
])('%s is seen', (_, next, count, words) => {
  expect(permutationFault(orders(count, next))).toMatch(words);
});

/** Every place exchanged with any other, up or down, or with what it was the last time. */
const naive = (order: readonly number[], random: Random, down = false): number[] => {
  const shuffledOrder = [...order];
  for (let k = 0; k < order.length; k++) {
    const i = down ? order.length - 1 - k : k;
    const j = random.integer(order.length);
    [shuffledOrder[i], shuffledOrder[j]] = [shuffledOrder[j]!, shuffledOrder[i]!];
  }
  return shuffledOrder;
};
const long = Array.from({ length: 200 }, (_, i) => i);
const rotatedLong = (random: Random) => rotated(long, 1 + random.integer(199));

test.each<[string, (random: Random, last: readonly number[]) => number[], RegExp]>([
  ['every place exchanged with any other', (r) => naive(long, r), /likelier/],
  ['the same from the end', (r) => naive(long, r, true), /likelier/],
  ['the same, going on with the last order', (r, last) => naive(last.length === n ? long : last, r), /likelier/],
  ['a sort by chance', (r) => long.toSorted(() => r.uniform(0, 1) - 0.5), /likelier|together/],
  ['a rotation that is never none', rotatedLong, /rotation/],
  ['all but the last one', (r) => [...r.permutation(199), 199], /same one/],
  ['all but the first one', (r) => [0, ...r.permutation(199).map((i) => i + 1)], /same one/],
])('in 60 orders of 200, %s is seen, whatever the random numbers are', (_, next, words) => {
  for (let repeat = 0; repeat < 5; repeat++) {
    expect(permutationFault(orders(60, next, `long ${repeat}`))).toMatch(words);
  }
});

test('a law of places is told from a uniform one as often as a normal law of its terms says', () => {
  // At 1e-6/18 nothing is seen of 2,000 draws; the terms themselves are looked at.
  const random = createRandom(12, 'waves');
  const size = 12;
  const c = (a: number, i: number) => Math.SQRT2 * Math.cos((Math.PI * a * (i + 0.5)) / size);
  const terms: [number, number][] = [];
  for (let draw = 0; draw < 20_000; draw++) {
    const order = random.permutation(size);
    const term = (a: number, b: number) => order.reduce((sum, item, i) => sum + c(a, i) * c(b, item), 0);
    terms.push([term(1, 2), term(2, 1)]);
  }
  const meanOf = (f: (t: [number, number]) => number) => terms.reduce((sum, t) => sum + f(t), 0) / terms.length;
  const variance = size ** 2 / (size - 1);
  expect(Math.abs(meanOf(([a]) => a)) / Math.sqrt(variance)).toBeLessThan(0.03);
  expect(meanOf(([a]) => a * a) / variance).toBeCloseTo(1, 1);
  expect(Math.abs(meanOf(([a, b]) => a * b)) / variance).toBeLessThan(0.03);
});

test('neighbours, ranks and distances have the means and variances of the formulas, so that 1e-6 is what it says', () => {
  // With α = 1e-6/12 a two-sided test rejects beyond 5.3 standard deviations; half of that must be as rare as a normal's.
  const random = createRandom(11, 'moments');
  const draws = 20_000;
  const size = 12;
  const stats = { near: [] as number[], rank: [] as number[], far: [] as number[] };
  for (let i = 0; i < draws; i++) {
    const order = random.permutation(size);
    stats.near.push(order.reduce((sum, item, k) => (k === 0 ? sum : sum + Math.abs(item - order[k - 1]!)), 0));
    stats.rank.push(order.reduce((sum, item, k) => sum + (k - 5.5) * (item - 5.5), 0));
    stats.far.push(order.reduce((sum, item, k) => sum + Math.abs(item - k), 0));
  }
  const meanOf = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;
  const varianceOf = (x: number[]) => {
    const mean = meanOf(x);
    return meanOf(x.map((v) => (v - mean) ** 2));
  };
  expect(meanOf(stats.near)).toBeCloseTo((size ** 2 - 1) / 3, 0);
  expect(varianceOf(stats.near) / (((size - 2) * (size + 1) * (4 * size - 7)) / 90)).toBeCloseTo(1, 1);
  expect(varianceOf(stats.rank) / ((size ** 2 * (size + 1) ** 2 * (size - 1)) / 144)).toBeCloseTo(1, 1);
  expect(meanOf(stats.far)).toBeCloseTo((size ** 2 - 1) / 3, 0);
  expect(varianceOf(stats.far) / (((size + 1) * (2 * size ** 2 + 7)) / 45)).toBeCloseTo(1, 1);
});

test('what is no permutation is an error of the caller', () => {
  expect(() => permutationFault([])).toThrow(RangeError);
  expect(() => permutationFault([[0, 1, 1, 3]])).toThrow(RangeError);
  expect(() =>
    permutationFault([
      [0, 1, 2, 3],
      [0, 1, 2],
    ]),
  ).toThrow(RangeError);
});
