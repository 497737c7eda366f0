/**
 * Are the numbers of a sample drawn independently of each other? Moments and distributions cannot tell: a sample that is
 * copied, mirrored or sorted has them right. A sample of independent draws of any law is called one with probability 1 − 1e-6
 * or more: neighbours are compared by their ranks, which no long tail can move. Measured in docs/draws.md.
 */
import { createRandom } from './random.ts';
import { CHECK_ALPHA, moments, normalTwoSided } from './statistics.ts';

/** A law on so few values repeats them by itself. */
const fewValues = 32;

/**
 * Lags at which neighbours are compared: so many that a short row which is repeated, and which looks like a law on few values,
 * meets itself again; then half of the sample, and the sample against its reverse.
 */
const nearLags = Array.from({ length: fewValues }, (_, i) => i + 1);
const neighbours = 8;
const alpha = CHECK_ALPHA / (nearLags.length + 4);

/** Samples shorter than this hold too little to tell. */
const least = 40;

/** Two equal numbers are an accident of the grid on which they are drawn; 2^-20 is coarser than any generator in use. */
const grid = 2 ** -20;

/**
 * What is not independent about the sample, in the order in which it was drawn, in words that go on a sentence about it;
 * undefined where nothing is. Numbers from a coarse grid, e.g. rounded to three digits, are not searched for copies.
 */
export function independenceFault(sample: ArrayLike<number>): string | undefined {
  const n = sample.length;
  if (n < least) return undefined;
  if (new Set(Array.from(sample)).size === 1) return 'all numbers are the same';
  const ranks = ranksOf(sample);
  const { mean, variance } = moments(ranks);
  return copies(sample) ?? correlated(ranks.map((rank) => (rank - mean) / Math.sqrt(variance)));
}

/**
 * The place of every number among all, from the smallest on. Equal ones share their places by lot: then the places of any law
 * are those of a uniform one, also where one of its values is rare and far from the others.
 */
function ranksOf(sample: ArrayLike<number>): Float64Array {
  // Another lot for every sample: the same one would lean the same way each time.
  const lot = createRandom(contentOf(sample), 'equal numbers');
  const order = Float64Array.from(sample).sort();
  const places = new Map<number, { from: number; size: number }>();
  for (let from = 0, to; from < order.length; from = to) {
    to = from + 1;
    while (to < order.length && order[to] === order[from]) to++;
    places.set(order[from]!, { from, size: to - from });
  }
  return Float64Array.from(sample, (value) => {
    const { from, size } = places.get(value)!;
    return from + size * lot.next();
  });
}

/** A whole number that any change of the sample changes. */
const contentOf = (sample: ArrayLike<number>): number =>
  new Uint32Array(Float64Array.from(sample).buffer).reduce(
    (hash, word) => Math.imul((hash ^ word) + 0x9e3779b9, 0x85ebca6b) ^ (hash >>> 15),
    sample.length,
  );

function copies(sample: ArrayLike<number>): string | undefined {
  const n = sample.length;
  if (isRounded(sample) || new Set(Array.from(sample)).size <= fewValues) return undefined;
  const repeatedBy = (f: (value: number) => number) => n - new Set(Array.from(sample, f)).size;
  if (
    tooMany(
      repeatedBy((value) => value),
      n,
    )
  ) {
    return 'many numbers occur more than once, to the last digit: parts of it are copies';
  }
  return tooMany(repeatedBy(Math.abs), n)
    ? 'many numbers are others with the opposite sign, to the last digit: parts of it are mirrored'
    : undefined;
}

/** P(X ≥ count) of the pairs that a grid of 2^-20 explains, by Chernoff's bound for a Poisson number of them. */
function tooMany(count: number, n: number): boolean {
  const expected = (n * (n - 1) * grid) / 2;
  return count > expected && Math.exp(count - expected - count * Math.log(count / expected)) < alpha;
}

const mostDigits = 6;

/** Whether all numbers are decimals of a few digits, as far as float32 can hold them: such numbers repeat by themselves. */
function isRounded(sample: ArrayLike<number>): boolean {
  const values = Array.from(sample);
  const isDecimal = (digits: number) => (value: number) => {
    const scaled = value * 10 ** digits;
    return Math.abs(scaled - Math.round(scaled)) <= Math.min(0.2, 1e-3 + 1e-7 * Math.abs(scaled));
  };
  return Array.from({ length: mostDigits + 1 }, (_, digits) => digits).some((digits) =>
    values.every(isDecimal(digits)),
  );
}

function correlated(x: Float64Array): string | undefined {
  const n = x.length;
  const half = Math.floor(n / 2);
  const score = (partner: (i: number) => number, terms: number) =>
    Math.abs(products(x, partner, terms)) / Math.sqrt(terms);
  const rejects = (z: number) => normalTwoSided(z) < alpha;
  const scores = nearLags.map((lag) => score((i) => i + lag, n - lag));
  const strongest = Math.max(...scores);
  if (rejects(strongest)) {
    const lag = nearLags[scores.indexOf(strongest)]!;
    return lag <= neighbours
      ? 'numbers drawn one after the other go together: it is sorted, or each is made from the one before'
      : `every number goes with the one ${lag} places before: a row is repeated`;
  }
  if (rejects(score((i) => i + half, half))) return 'its second half goes with its first half';
  return rejects(score((i) => n - 1 - i, half)) ? 'its second half goes with its first half backwards' : undefined;
}

function products(x: Float64Array, partner: (i: number) => number, terms: number): number {
  let sum = 0;
  for (let i = 0; i < terms; i++) sum += x[i]! * x[partner(i)]!;
  return sum;
}
