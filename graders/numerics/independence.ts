/**
 * Are the numbers of a sample drawn independently of each other? Moments and distributions cannot tell: a sample that is
 * copied, mirrored or sorted has them right. A sample of independent draws of any law is called one with probability 1 − 1e-6
 * or more: neighbours are compared by their ranks, which no long tail can move. Measured in docs/draws.md.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { independenceFault } from 'gradmark/numerics/independence';
 * import { createRandom } from 'gradmark/random';
 *
 * const random = createRandom(4);
 * const draws = Array.from({ length: 400 }, () => random.normal());
 * assert.equal(independenceFault(draws), undefined);
 * assert.ok(independenceFault(draws.toSorted((a, b) => a - b)));
 * ```
 */
import { createRandom } from './random.ts';
import { sortingOrder } from './sorting-order.ts';
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
  const numbers = Float64Array.from(sample);
  const places = sortingOrder(numbers);
  const order = new Float64Array(n);
  for (let k = 0; k < n; k++) order[k] = numbers[places[k]!]!;
  const different = countDifferent(order);
  if (different === 1) return 'all numbers are the same';
  const ranks = ranksOf(numbers, order, places);
  const { mean, variance } = moments(ranks);
  return copies(numbers, order, different) ?? correlated(ranks.map((rank) => (rank - mean) / Math.sqrt(variance)));
}

/**
 * The place of every number among all, from the smallest on. Equal ones share their places by lot: then the places of any law
 * are those of a uniform one, also where one of its values is rare and far from the others.
 */
function ranksOf(numbers: Float64Array, order: Float64Array, places: Uint32Array): Float64Array {
  // Another lot for every sample: the same one would lean the same way each time.
  const lot = createRandom(contentOf(numbers), 'equal numbers');
  const [first, count] = [new Uint32Array(order.length), new Uint32Array(order.length).fill(1)];
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && order[to] === order[from]) to++;
    for (let k = from; k < to; k++) {
      first[places[k]!] = from;
      count[places[k]!] = to - from;
    }
    from = to;
  }
  return numbers.map((_, place) => first[place]! + count[place]! * lot.next());
}

/** How many different numbers stand in this order; on long samples it takes a tenth of the time of a set. */
function countDifferent(order: Float64Array): number {
  let count = order.length === 0 ? 0 : 1;
  for (let i = 1; i < order.length; i++) if (order[i] !== order[i - 1]) count++;
  return count;
}

/** A whole number that any change of the sample changes. */
const contentOf = (numbers: Float64Array): number =>
  new Uint32Array(numbers.buffer).reduce(
    (hash, word) => Math.imul((hash ^ word) + 0x9e3779b9, 0x85ebca6b) ^ (hash >>> 15),
    numbers.length,
  );

function copies(numbers: Float64Array, order: Float64Array, different: number): string | undefined {
  const n = numbers.length;
  if (isRounded(numbers) || different <= fewValues) return undefined;
  if (tooMany(n - different, n)) return 'many numbers occur more than once, to the last digit: parts of it are copies';
  const sizes = countDifferent(sizesIn(order));
  return tooMany(n - sizes, n)
    ? 'many numbers are others with the opposite sign, to the last digit: parts of it are mirrored'
    : undefined;
}

/** The sizes of what stands in this order, from the smallest on: negative numbers backwards, and the others among them. */
function sizesIn(order: Float64Array): Float64Array {
  const found = order.findIndex((value) => !(value < 0));
  let positive = found < 0 ? order.length : found;
  let negative = positive - 1;
  return order.map(() =>
    negative >= 0 && !(-order[negative]! > order[positive]!) ? -order[negative--]! : order[positive++]!,
  );
}

/** P(X ≥ count) of the pairs that a grid of 2^-20 explains, by Chernoff's bound for a Poisson number of them. */
function tooMany(count: number, n: number): boolean {
  const expected = (n * (n - 1) * grid) / 2;
  return count > expected && Math.exp(count - expected - count * Math.log(count / expected)) < alpha;
}

const mostDigits = 6;

/** Whether all numbers are decimals of a few digits, as far as float32 can hold them: such numbers repeat by themselves. */
function isRounded(values: Float64Array): boolean {
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
  const score = (partners: Float64Array, terms: number) => Math.abs(products(x, partners, terms)) / Math.sqrt(terms);
  const rejects = (z: number) => normalTwoSided(z) < alpha;
  const scores = nearLags.map((lag) => score(x.subarray(lag), n - lag));
  const strongest = Math.max(...scores);
  if (rejects(strongest)) {
    const lag = nearLags[scores.indexOf(strongest)]!;
    return lag <= neighbours
      ? 'numbers drawn one after the other go together: it is sorted, or each is made from the one before'
      : `every number goes with the one ${lag} places before: a row is repeated`;
  }
  if (rejects(score(x.subarray(half), half))) return 'its second half goes with its first half';
  return rejects(score(x.toReversed(), half)) ? 'its second half goes with its first half backwards' : undefined;
}

function products(x: Float64Array, partners: Float64Array, terms: number): number {
  let sum = 0;
  for (let i = 0; i < terms; i++) sum += x[i]! * partners[i]!;
  return sum;
}
