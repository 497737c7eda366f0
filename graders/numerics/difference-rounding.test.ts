import { expect, test } from 'vitest';
import type { DerivedNumber } from './difference-rounding.ts';
import { latticeOfDifferences } from './difference-rounding.ts';
import { ridders } from './finite-difference.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';

interface Case {
  W: number[][];
  X: number[][];
  y: number[];
}

const randomRows = (random: Random, rows: number, columns: number, sd: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal(0, sd)));

/** Softmax regression on batches of several sizes, in a steep and in a flat place. */
const casesOf = (seed: number): Case[] =>
  [3, 5, 4, 6].map((classes, i) => {
    const random = createRandom(seed, `case ${i}`);
    const N = i + 2;
    return {
      W: randomRows(random, 7 + i, classes, i % 2 === 0 ? 0.4 : 1.1),
      X: randomRows(random, N, 7 + i, 1),
      y: Array.from({ length: N }, () => random.integer(classes)),
    };
  });

const probabilities = ({ W, X }: Case): number[][] =>
  X.map((x) => {
    const e = W[0]!.map((_, k) => Math.exp(x.reduce((sum, v, i) => sum + v * W[i]![k]!, 0)));
    const sum = e.reduce((a, b) => a + b, 0);
    return e.map((v) => v / sum);
  });

const loss = (at: Case): number =>
  probabilities(at).reduce((sum, p, n) => sum - Math.log(p[at.y[n]!]!), 0) / at.X.length;

/** xᵀ(p − y)/N, whose every number goes through `keep` on its way, in sums that run forwards or backwards. */
function derived(at: Case, keep = (v: number): number => v, backwards = false): number[] {
  const delta = probabilities(at).map((p, n) => p.map((v, k) => keep(keep(v) - (k === at.y[n] ? 1 : 0))));
  const order = at.X.map((_, n) => n);
  if (backwards) order.reverse();
  return at.W.flatMap((row, i) =>
    row.map((_, k) =>
      keep(order.reduce((sum, n) => keep(sum + keep(keep(at.X[n]![i]!) * delta[n]![k]!)), 0) / order.length),
    ),
  );
}

type Slope = (f: (x: number) => number, x: number) => number;

const differenced = (at: Case, slope: Slope): number[] =>
  at.W.flatMap((row, i) =>
    row.map((value, k) =>
      slope((x) => loss({ ...at, W: at.W.map((r, j) => (j === i ? r.map((v, l) => (l === k ? x : v)) : r)) }), value),
    ),
  );

const numbersOf = (at: Case, answer: readonly number[]): DerivedNumber[] => {
  const right = derived(at);
  const places = at.W.flat();
  return answer.map((yours, i) => ({ yours, expected: right[i]!, lost: 0, at: places[i]! }));
};
const foundIn = (answerTo: (at: Case) => readonly number[], seed = 1) =>
  latticeOfDifferences(casesOf(seed).map((at) => numbersOf(at, answerTo(at))));

const central =
  (h: number): Slope =>
  (f, x) =>
    (f(x + h) - f(x - h)) / (2 * h);
const forward =
  (h: number): Slope =>
  (f, x) =>
    (f(x + h) - f(x)) / h;
const centralBy =
  (step: (x: number) => number): Slope =>
  (f, x) =>
    central(step(x))(f, x);
const richardson =
  (h: number): Slope =>
  (f, x) =>
    (4 * central(h / 2)(f, x) - central(h)(f, x)) / 3;

const recognised: [string, Slope][] = [
  ['central, 1e-4', central(1e-4)],
  ['central, 1e-5', central(1e-5)],
  ['central, 1e-6', central(1e-6)],
  ['central, 2.5e-5', central(2.5e-5)],
  ['central, with the cube root of the machine precision', central(Math.cbrt(Number.EPSILON))],
  ['central, multiplied by 1/(2h)', (f, x) => (f(x + 1e-5) - f(x - 1e-5)) * (1 / 2e-5)],
  ['central, divided by the step that was taken', (f, x) => (f(x + 1e-5) - f(x - 1e-5)) / (x + 1e-5 - (x - 1e-5))],
  ['central, steps that grow with the number', centralBy((x) => 1e-5 * Math.max(1, Math.abs(x)))],
  ['central, steps in proportion to the number', centralBy((x) => 1e-5 * Math.abs(x))],
  ['forward, 1e-6', forward(1e-6)],
  ['forward, 1e-7', forward(1e-7)],
  ['forward, 1.5e-8', forward(1.5e-8)],
  ['backward, 1e-7', (f, x) => (f(x) - f(x - 1e-7)) / 1e-7],
  ["Richardson's, from 1e-4", richardson(1e-4)],
  ['five points, 1e-4', (f, x) => (8 * (f(x + 1e-4) - f(x - 1e-4)) - (f(x + 2e-4) - f(x - 2e-4))) / (12 * 1e-4)],
  [
    'central, 0.01, of a loss in single precision',
    (f, x) => Math.fround((Math.fround(f(x + 0.01)) - Math.fround(f(x - 0.01))) / 0.02),
  ],
];

test.each(recognised)('differences are recognised: %s', (_, slope) => {
  for (const seed of [1, 2, 3]) {
    const found = foundIn((at) => differenced(at, slope), seed)!;
    expect(found.numbers).toBeGreaterThanOrEqual(10);
    expect(found.off).toBeGreaterThan(1e-14);
    expect(found.off).toBeLessThan(1e-4);
  }
});

const missed: [string, (at: Case) => number[]][] = [
  ['steps that are powers of two', (at) => differenced(at, central(2 ** -17))],
  ['steps of many digits', (at) => differenced(at, central(1.234567e-5))],
  ["Ridders' extrapolation", (at) => differenced(at, (f, x) => ridders(f, x).value)],
  ['rounded to single precision afterwards', (at) => differenced(at, central(1e-5)).map(Math.fround)],
  ['one network of four', (at) => (at.W[0]!.length === 3 ? differenced(at, central(1e-5)) : derived(at))],
];

test.each(missed)('differences that are not recognised, as is said above: %s', (_, answerTo) => {
  expect(foundIn(answerTo)).toBeUndefined();
});

const decimals = (digits: number) => (v: number) => Number(v.toFixed(digits));
const honest: [string, (at: Case) => number[]][] = [
  ['the derivative itself', (at) => derived(at)],
  ['sums in another order', (at) => derived(at, undefined, true)],
  ['single precision throughout', (at) => derived(at, Math.fround)],
  ['single precision, in another order', (at) => derived(at, Math.fround, true)],
  ['the derivative, kept in single precision', (at) => derived(at).map(Math.fround)],
  [
    'probabilities in single precision, sums in double',
    (at) =>
      derived({ ...at, X: at.X.map((x) => x.map((v) => Math.fround(v))), W: at.W.map((w) => w.map(Math.fround)) }),
  ],
  ...[1e-7, 1e-10, 1e-12].map((eps): [string, (at: Case) => number[]] => [
    `probabilities moved by ${eps}`,
    (at) => derived(at).map((v) => v * (1 + eps)),
  ]),
  ...[5, 6, 8, 10, 12].map((digits): [string, (at: Case) => number[]] => [
    `rounded to ${digits} decimals`,
    (at) => derived(at).map(decimals(digits)),
  ]),
  ['rounded to 8 digits', (at) => derived(at).map((v) => Number(v.toPrecision(8)))],
  ['in units of 2^-30', (at) => derived(at).map((v) => Math.round(v * 2 ** 30) / 2 ** 30)],
];

test.each(honest)('an honest answer is not accused: %s', (_, answerTo) => {
  for (let seed = 1; seed <= 25; seed++) expect(foundIn(answerTo, seed), `seed ${seed}`).toBeUndefined();
});

test('derivatives that lie on the lattice themselves accuse nobody', () => {
  const at = { W: [[0.5, 0.25, 1]], X: [[1]], y: [0] };
  const grid = Array.from({ length: 40 }, (_, i) => i / 8);
  const numbers = grid.map((v) => ({ yours: v, expected: v, lost: 0, at: at.W[0]![0]! }));
  expect(latticeOfDifferences([numbers, numbers])).toBeUndefined();
  expect(latticeOfDifferences([])).toBeUndefined();
});

test('what is lost on the way takes the evidence with it', () => {
  const answer = (lost: number) =>
    latticeOfDifferences(
      casesOf(1).map((at) => numbersOf(at, differenced(at, central(1e-5))).map((number) => ({ ...number, lost }))),
    );
  expect(answer(1e-16)).toBeDefined();
  expect(answer(1e-7)).toBeUndefined();
});
