import { describe, expect, it } from 'vitest';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';
import { firstNonPermutation, positionMatrixTest, successionTest } from './shuffle-statistics.ts';
import { binomialBounds } from './statistics.ts';

type Shuffle = (n: number, random: Random) => number[];
const fair: Shuffle = (n, random) => random.permutation(n);
const swapping =
  (
    from: (n: number) => number,
    to: (n: number) => number,
    other: (i: number, n: number, r: Random) => number,
  ): Shuffle =>
  (n, random) => {
    const x = Array.from({ length: n }, (_, i) => i);
    for (let i = from(n); i > to(n); i--) {
      const j = other(i, n, random);
      [x[i], x[j]] = [x[j]!, x[i]!];
    }
    return x;
  };

const unfair: Record<string, Shuffle> = {
  'an exchange partner below i only': swapping((n) => n - 1, () => 0, (i, _, r) => r.integer(i)), // prettier-ignore
  'a last element that never moves': swapping((n) => n - 2, () => 0, (i, _, r) => r.integer(i + 1)), // prettier-ignore
  'an end two steps early': swapping((n) => n - 1, () => 2, (i, _, r) => r.integer(i + 1)), // prettier-ignore
  'exchange with any element': swapping((n) => n - 1, () => -1, (_, n, r) => r.integer(n)), // prettier-ignore
  'a rounded index': swapping((n) => n - 1, () => 0, (i, _, r) => Math.round(r.next() * i)), // prettier-ignore
  'half as many exchanges': swapping((n) => n / 2, () => 0, (_, n, r) => r.integer(n)), // prettier-ignore
  'sorting by a random comparison': (n, r) => Array.from({ length: n }, (_, i) => i).sort(() => r.next() - 0.5),
};
const orders = (shuffle: Shuffle, R: number, seed: number, n = 8) => {
  const random = createRandom(seed, 'shuffle');
  return Array.from({ length: R }, () => shuffle(n, random));
};

describe('a fair shuffle', () => {
  it('is rejected as often as the level says, by both tests', () => {
    const bounds = binomialBounds(2000, 1e-3, 1e-3);
    let [places, neighbours] = [0, 0];
    for (let seed = 0; seed < 2000; seed++) {
      const sample = orders(fair, 100, seed);
      if (positionMatrixTest(sample, 1e-3).rejected) places++;
      if (successionTest(sample, 1e-3).rejected) neighbours++;
    }
    expect(places).toBeLessThanOrEqual(bounds.high);
    expect(neighbours).toBeLessThanOrEqual(bounds.high);
  });

  it('passes at full size, for several lengths', () => {
    for (const n of [3, 8, 20]) {
      expect(positionMatrixTest(orders(fair, 2000, n, n)).rejected).toBe(false);
      expect(successionTest(orders(fair, 2000, n, n)).rejected).toBe(false);
    }
  });
});

describe('an unfair shuffle is found in 2000 shuffles of 8', () => {
  it.each(Object.keys(unfair))('%s', (name) => {
    for (let seed = 0; seed < 10; seed++) expect(positionMatrixTest(orders(unfair[name]!, 2000, seed)).rejected).toBe(true); // prettier-ignore
  });

  it('a rotation by a random amount looks fair by place and is found by its neighbours', () => {
    const rotation: Shuffle = (n, r) => {
      const by = r.integer(n);
      return Array.from({ length: n }, (_, i) => (i + by) % n);
    };
    const sample = orders(rotation, 1000, 1);
    expect(positionMatrixTest(sample).rejected).toBe(false);
    expect(successionTest(sample).rejected).toBe(true);
  });
});

describe('what is not a shuffle', () => {
  it('is named before any statistics', () => {
    expect(firstNonPermutation([[0, 1, 2], [0, 0, 2]])).toBe(1); // prettier-ignore
    expect(firstNonPermutation([[0, 1, 2], [2, 0, 1]])).toBe(-1); // prettier-ignore
    expect(firstNonPermutation([[0, 1, NaN]])).toBe(0);
    expect(() => positionMatrixTest([[0, 1, 2], [0, 0, 2]])).toThrow(/row 1 is not a permutation/); // prettier-ignore
    expect(() => successionTest([[0, 1, 2], [0, 1]])).toThrow(/equally many/); // prettier-ignore
  });
});
