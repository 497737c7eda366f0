import { expect, test } from 'vitest';
import type { DerivedNumber } from './difference-rounding.ts';
import { latticeOfDifferences } from './difference-rounding.ts';
import { ridders } from './finite-difference.ts';
import type { Case, Slope } from './softmax-regression.testing.ts';
import {
  casesOf,
  central,
  centralBy,
  derived,
  differenced,
  forward,
  richardson,
} from './softmax-regression.testing.ts';

const numbersOf = (at: Case, answer: readonly number[]): DerivedNumber[] => {
  const right = derived(at);
  const places = at.W.flat();
  return answer.map((yours, i) => ({ yours, expected: right[i]!, lost: 0, at: places[i]! }));
};
const foundIn = (answerTo: (at: Case) => readonly number[], seed = 1) =>
  latticeOfDifferences(casesOf(seed).map((at) => numbersOf(at, answerTo(at))));

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
