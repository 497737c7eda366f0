import { describe, expect, it } from 'vitest';
import { createRandom, hash32 } from './random.ts';

const N = 100_000;
const draw = (n: number, next: () => number) => Array.from({ length: n }, next);
const mean = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const correlation = (x: number[], y: number[]) => {
  const [mx, my] = [mean(x), mean(y)];
  const cov = mean(x.map((v, i) => (v - mx) * (y[i]! - my)));
  return cov / Math.sqrt(mean(x.map((v) => (v - mx) ** 2)) * mean(y.map((v) => (v - my) ** 2)));
};

describe('the seeded generator', () => {
  it('gives the values of an independent implementation of xoshiro128** seeded by splitmix32 over FNV-1a', () => {
    expect([hash32('a'), hash32('foobar')]).toEqual([0xe40c292c, 0xbf9cf968]);
    const random = createRandom(1, 'a');
    expect(draw(4, () => random.next() * 2 ** 32)).toEqual([3398253949, 3910409238, 3310536560, 723218383]);
  });

  it('repeats itself for equal seeds and names, and for nothing else', () => {
    const first = (seed: number, name: string) => createRandom(seed, name).next();
    expect(first(5, 'x')).toBe(first(5, 'x'));
    expect(new Set([first(5, 'x'), first(6, 'x'), first(5, 'y'), first(0, ''), first(-1, '')]).size).toBe(5);
  });

  it('is uniform on [0, 1): mean, variance and every tenth within 5 standard deviations', () => {
    const random = createRandom(2, 'uniform');
    const x = draw(N, random.next);
    expect(Math.min(...x.slice(0, 1000)) >= 0 && Math.max(...x.slice(0, 1000)) < 1).toBe(true);
    expect(Math.abs(mean(x) - 0.5)).toBeLessThan(5 / Math.sqrt(12 * N));
    expect(Math.abs(mean(x.map((v) => (v - 0.5) ** 2)) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / N));
    for (let bin = 0; bin < 10; bin++) {
      const share = x.filter((v) => Math.floor(10 * v) === bin).length / N;
      expect(Math.abs(share - 0.1)).toBeLessThan(5 * Math.sqrt(0.09 / N));
    }
  });

  it('draws normal numbers with the moments 0, 1, 0, 3', () => {
    const random = createRandom(3, 'normal');
    const x = draw(N, () => random.normal());
    const moment = (k: number) => mean(x.map((v) => v ** k));
    expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(N));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / N));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / N));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / N));
    const shifted = draw(1000, () => random.normal(100, 0.1));
    expect(shifted.every((v) => Math.abs(v - 100) < 1)).toBe(true);
  });

  it('draws every integer below n equally often and permutations that are permutations', () => {
    const random = createRandom(4, 'integers');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(70_000 * (6 / 49)));
    for (let n = 0; n < 20; n++) expect(random.permutation(n).toSorted((a, b) => a - b)).toEqual([...Array(n).keys()]);
  });

  it('forks depend on the name alone, not on what was drawn before, and are uncorrelated', () => {
    const parent = createRandom(9, 'parent');
    const before = parent.fork('child').next();
    parent.next();
    expect(parent.fork('child').next()).toBe(before);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => draw(N, parent.fork(name).next));
    for (const [x, y] of [
      [a, b],
      [a, c],
      [b, c],
      [a, draw(N, parent.next)],
    ] as [number[], number[]][])
      // prettier-ignore
      expect(Math.abs(correlation(x, y))).toBeLessThan(5 / Math.sqrt(N));
    expect(correlation(a!, draw(N, createRandom(9, 'parent').fork('a').next))).toBeCloseTo(1, 12);
  });

  it('neighbouring seeds are uncorrelated', () => {
    const [x, y] = [10, 11].map((seed) => draw(N, createRandom(seed).next));
    expect(Math.abs(correlation(x!, y!))).toBeLessThan(5 / Math.sqrt(N));
  });
});
