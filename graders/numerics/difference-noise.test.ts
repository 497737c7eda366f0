import { expect, test } from 'vitest';
import type { NudgedNumber } from './difference-noise.ts';
import { noiseOfDifferences, nudges } from './difference-noise.ts';
import { ridders } from './finite-difference.ts';
import { createRandom } from './random.ts';
import type { Case, Slope } from './softmax-regression.testing.ts';
import { casesOf, central, derived, differenced, forward, loss, richardson } from './softmax-regression.testing.ts';

const moved = ({ W, X, y }: Case, factor: number): Case => ({
  W: W.map((row) => row.map((v) => v * factor)),
  X: X.map((row) => row.map((v) => v * factor)),
  y,
});
/** Numbers that single precision holds, as questions have them. */
const asAsked = (seed: number): Case[] =>
  casesOf(seed).map(({ W, X, y }) => ({ W: W.map((w) => w.map(Math.fround)), X: X.map((x) => x.map(Math.fround)), y }));

const asked = (at: Case, answerTo: (at: Case) => readonly number[], lost = 0): NudgedNumber[] => {
  const [yours, again, right] = [answerTo(at), answerTo(at), derived(at)];
  const other = nudges.map((factor) => answerTo(moved(at, factor)));
  return yours.map((value, i) => {
    return { yours: value, again: again[i]!, nudged: other.map((one) => one[i]!), expected: right[i]!, lost };
  });
};
const foundIn = (answerTo: (at: Case) => readonly number[], seed = 1, lost = 0) =>
  noiseOfDifferences(asAsked(seed).map((at) => asked(at, answerTo, lost)));

/** The slope at 0 of the polynomial through these points. */
const interpolated =
  (h: number): Slope =>
  (f, x) => {
    const at = [-2, -1, 1, 2].map((k) => k * h);
    return at.reduce((sum, a, i) => {
      const others = [0, ...at].filter((_, j) => j !== i + 1);
      const weight = others.slice(1).reduce((product, o) => (product * -o) / (a - o), 1 / a);
      return sum + weight * (f(x + a) - f(x));
    }, 0);
  };
const stepOf = (x: number) => 1e-5 * (1.1 + Math.abs(Math.sin(1e4 * x)));
/** Each column's errors by differences of its outputs, and the chain rule from there on. */
const byOutputs = (h: number) => (at: Case) => {
  const slope = (n: number, k: number) => {
    const shifted = (by: number) => {
      const z = at.W[0]!.map((_, c) => at.X[n]!.reduce((s, v, i) => s + v * at.W[i]![c]!, c === k ? by : 0));
      return Math.log(z.reduce((sum, v) => sum + Math.exp(v), 0)) - z[at.y[n]!]!;
    };
    return (shifted(h) - shifted(-h)) / (2 * h);
  };
  const delta = at.X.map((_, n) => at.W[0]!.map((_c, k) => slope(n, k)));
  return at.W.flatMap((row, i) =>
    row.map((_, k) => at.X.reduce((s, x, n) => s + x[i]! * delta[n]![k]!, 0) / at.X.length),
  );
};

const recognised: [string, (at: Case) => readonly number[]][] = [
  ['central, a power of two', (at) => differenced(at, central(2 ** -17))],
  ['central, many digits', (at) => differenced(at, central(1.234567e-5))],
  ['central, three digits', (at) => differenced(at, central(1.23e-6))],
  ['central, 1e-3', (at) => differenced(at, central(1e-3))],
  ['central, as numpy has it', (at) => differenced(at, central(1e-5))],
  ['central, another step each time', (at) => differenced(at, (f, x) => central(stepOf(x))(f, x))],
  ['forward, a power of two', (at) => differenced(at, forward(2 ** -24))],
  ['forward, with the root of the machine precision', (at) => differenced(at, forward(Math.sqrt(Number.EPSILON)))],
  ['the mean of both sides', (at) => differenced(at, (f, x) => (forward(3e-6)(f, x) + forward(-3e-6)(f, x)) / 2)],
  ["Ridders' extrapolation", (at) => differenced(at, (f, x) => ridders(f, x, 1e-3).value)],
  ["Richardson's, from 2^-12", (at) => differenced(at, richardson(2 ** -12))],
  ["Richardson's, by thirds", (at) => differenced(at, (f, x) => (9 * central(1e-4)(f, x) - central(3e-4)(f, x)) / 8)],
  ['the slope of a polynomial through five points', (at) => differenced(at, interpolated(1.7e-4))],
  [
    'the mean of three steps',
    (at) => differenced(at, (f, x) => [1, 2, 3].reduce((s, k) => s + central(k * 1.1e-5)(f, x) / 3, 0)),
  ],
  ['with decimals cut off', (at) => differenced(at, central(1e-6)).map((v) => Number(v.toFixed(13)))],
  ['of the outputs, and the chain rule from there on', byOutputs(2 ** -18)],
];

test.each(recognised)('differences are recognised: %s', (_, answerTo) => {
  for (const seed of [1, 2, 3]) {
    const found = foundIn(answerTo, seed)!;
    expect(found.numbers).toBeGreaterThanOrEqual(20);
    expect(found.change).toBeGreaterThan(2 ** -46);
    expect(found.change).toBeLessThan(1e-5);
  }
});

const decimals = (digits: number) => (v: number) => Number(v.toFixed(digits));
const random = createRandom(7);
const honest: [string, (at: Case) => readonly number[]][] = [
  ['the derivative itself', (at) => derived(at)],
  ['sums in another order', (at) => derived(at, undefined, true)],
  ['single precision throughout', (at) => derived(at, Math.fround)],
  ['single precision here and there', (at) => derived(at, (v) => (Math.abs(v) < 0.5 ? Math.fround(v) : v))],
  ['kept in single precision, with a mean in double', (at) => derived(at).map((v) => (Math.fround(v) / 3) * 3)],
  ['probabilities moved by 1e-7', (at) => derived(at).map((v) => v * (1 + 1e-7))],
  ['rounded to 12 decimals', (at) => derived(at).map(decimals(12))],
  ['rounded to 8 digits', (at) => derived(at).map((v) => Number(v.toPrecision(8)))],
  ['a little noise of its own', (at) => derived(at).map((v) => v + random.normal(0, 1e-9))],
  ['by the quotient of the summed loss', (at) => derived(at).map((v) => (v * loss(at)) / loss(at))],
];

test.each(honest)('an honest answer is not accused: %s', (_, answerTo) => {
  for (let seed = 1; seed <= 25; seed++) expect(foundIn(answerTo, seed), `seed ${seed}`).toBeUndefined();
});

test('one network of four accuses nobody, nor does what was lost on the way', () => {
  const one = (at: Case) => (at.W[0]!.length === 3 ? differenced(at, central(1e-5)) : derived(at));
  expect(foundIn(one)).toBeUndefined();
  const central5 = (at: Case) => differenced(at, central(1e-5));
  expect(foundIn(central5, 1, 1e-15)).toBeDefined();
  expect(foundIn(central5, 1, 1e-9)).toBeUndefined();
});
