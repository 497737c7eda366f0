import { expect, test } from 'vitest';
import { independenceFault } from './independence.ts';
import { createRandom } from './random.ts';

const random = createRandom(5, 'independence');
const normals = (n: number) => Array.from({ length: n }, () => random.normal());
const uniforms = (n: number) => Array.from({ length: n }, () => random.uniform());
const float32 = (x: number[]) => x.map(Math.fround);

test('independent draws are none the worse: normal, uniform, signs, of few values, with outliers, in float32, rounded', () => {
  for (const n of [10, 40, 100, 784, 5000]) {
    for (let repeat = 0; repeat < 60; repeat++) {
      for (const sample of [
        normals(n),
        float32(uniforms(n)),
        normals(n).map((v) => Math.round(v * 1000) / 1000),
        normals(n).map((v) => Math.sign(v)),
        normals(n).map((v) => v ** 3),
      ]) {
        expect(independenceFault(sample)).toBeUndefined();
      }
    }
  }
  expect(independenceFault(float32(normals(200_000)))).toBeUndefined();
});

test.each<[string, (x: number[]) => number[], RegExp]>([
  ['the second half copied', (x) => [...x, ...x], /copies/],
  ['a row copied now and then', (x) => [...x.slice(0, 50), ...x, ...x.slice(0, 20)], /copies/],
  ['the second half mirrored', (x) => [...x, ...x.map((v) => -v)], /mirrored/],
  ['pairs x, −x', (x) => x.flatMap((v) => [v, -v]), /mirrored/],
  ['sorted', (x) => [...x].sort((a, b) => a - b), /one after the other/],
  ['a running sum', (x) => x.map((_, i) => x[i]! + 0.6 * (x[i - 1] ?? 0)), /one after the other/],
  ['the second half is the first one times two', (x) => [...x, ...x.map((v) => 2 * v)], /second half/],
  [
    'the second half is the first one backwards with a little noise',
    (x) => [...x, ...[...x].reverse().map((v) => v + 1e-3 * random.normal())],
    /backwards/,
  ],
  ['a row of eleven all the time', (x) => x.map((_, i) => x[i % 11]!), /(11|22) places before/],
  ['a row of thirty all the time', (x) => x.slice(0, 390).map((_, i) => x[i % 30]!), /30 places before/],
  ['one number', (x) => x.map(() => 0.5), /the same/],
])('%s is seen', (_, change, words) => {
  for (const draw of [normals, uniforms]) {
    const x = draw(400);
    // Mirroring is about the middle of the law: 0 here.
    expect(independenceFault(change(draw === uniforms ? x.map((v) => v - 0.5) : x))).toMatch(words);
  }
});

test('a law with a long tail goes with nothing by one large number', () => {
  for (let repeat = 0; repeat < 3000; repeat++) {
    expect(independenceFault(normals(120).map((v) => Math.exp(2 * v)))).toBeUndefined();
  }
});

test('a law with a rare value goes with nothing where two of them meet', () => {
  for (let repeat = 0; repeat < 1000; repeat++) {
    const sparse = Array.from({ length: 300 }, () => (random.next() < 0.01 ? 1 : 0));
    expect(new Set(sparse).size === 1 ? undefined : independenceFault(sparse)).toBeUndefined();
  }
});

test('numbers that are not finite have places too', () => {
  expect(independenceFault([NaN, ...normals(60), Infinity, NaN])).toBeUndefined();
});

test('a law on two values repeats them by itself', () => {
  const coins = Array.from({ length: 500 }, () => (random.next() < 0.5 ? Math.SQRT1_2 : -Math.SQRT1_2));
  expect(independenceFault(coins)).toBeUndefined();
});
