/**
 * Are these orders drawn as random permutations? Neighbours that stay neighbours, items that stay where they were, never do or come
 * at one place too often, and ranks that go along with the old ones in one way or another, over all orders at once; in each order
 * by itself and from each order to the next one. A fair shuffle is called one with probability 1 − 1e-6 or more, whatever the number and the length of the orders.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { permutationFault } from 'gradmark/numerics/permutations';
 * import { createRandom } from 'gradmark/random';
 *
 * const random = createRandom(5);
 * assert.equal(permutationFault([random.permutation(60), random.permutation(60)]), undefined);
 * assert.ok(permutationFault([Array.from({ length: 60 }, (_, i) => i)]));
 * ```
 */
import { chiSquare } from './special-functions.ts';
import { CHECK_ALPHA, normalTwoSided } from './statistics.ts';

/** Nine statistics, each of the orders themselves and of their changes. */
const alpha = CHECK_ALPHA / 18;

/** An order of four or more items leaves none at its place with this probability at most: 9/24 for four, close to 1/e for more. */
const noneStays = 0.375;

/**
 * What is not random about the orders, in words that go on a sentence about them; undefined where nothing is. Every order
 * holds 0..n−1, each once: position → item. Throws RangeError for anything else, or without an order.
 */
export function permutationFault(orders: readonly (readonly number[])[]): string | undefined {
  if (orders.length === 0) throw new RangeError('no order was drawn: there is nothing to judge');
  for (const order of orders) assertPermutation(order, orders[0]!.length);
  const changes = orders.slice(1).map((order, k) => relative(orders[k]!, order));
  return faultOf(orders, 'the data') ?? (changes.length > 0 ? faultOf(changes, 'the time before') : undefined);
}

/** The order as seen from an earlier one: which of its positions comes at each position now. */
function relative(earlier: readonly number[], now: readonly number[]): number[] {
  const place = new Array<number>(earlier.length);
  earlier.forEach((item, i) => (place[item] = i));
  return now.map((item) => place[item]!);
}

function faultOf(orders: readonly (readonly number[])[], than: string): string | undefined {
  const n = orders[0]!.length;
  if (n < 4) return undefined;
  const total = (count: (order: readonly number[]) => number) => orders.reduce((sum, order) => sum + count(order), 0);
  const rare = (count: (order: readonly number[]) => number) => poissonUpper(total(count), orders.length) < alpha;
  const staying = (order: readonly number[]) => order.filter((item, i) => item === i).length;
  if (rare(staying) && total(staying) > (orders.length * n) / 4) return `most of it stays in the order of ${than}`;
  const most = mostAtOnePlace(orders);
  const isFixed = poissonUpper(most, orders.length / n) * n * n < alpha;
  if (isFixed && most > orders.length / 2) {
    return `what came at a certain place in the order of ${than} nearly always comes at the same one, as when the last or the first is never moved`;
  }
  if (rare(staying)) return `more of it stays in the order of ${than} than by chance`;
  if (rare((order) => order.filter((item, i) => i > 0 && item === order[i - 1]! + 1).length)) {
    return `what followed each other in the order of ${than} still does, as after a rotation or when only whole pieces are moved`;
  }
  if (rare((order) => order.filter((item, i) => i > 0 && item === order[i - 1]! - 1).length)) {
    return `it is the order of ${than} backwards, or pieces of it`;
  }
  if (deviates(total(neighbourDistance), orders.length, neighbourMoments(n))) {
    return `what was near each other in the order of ${than} stays together, as when only whole pieces are moved`;
  }
  if (total(staying) === 0 && noneStays ** orders.length < alpha) {
    return `nothing ever stays at its place in the order of ${than}, as when every place is exchanged with another one only`;
  }
  if (deviates(total(rankProduct), orders.length, rankMoments(n))) {
    return `what came early in the order of ${than} tends to come early again (or late): some places are likelier than others`;
  }
  if (deviates(total(displacement), orders.length, displacementMoments(n))) {
    return `it moves things by certain distances from the order of ${than}: some places are likelier than others`;
  }
  return isFixed || chiSquare(waves(orders), waveCount(n) ** 2).upper < alpha
    ? `some places are likelier than others for what came at certain places in the order of ${than}, as when every place is exchanged with any other, or things are sorted by chance`
    : undefined;
}

/** How often the pair of item and place that is most frequent occurs. */
function mostAtOnePlace(orders: readonly (readonly number[])[]): number {
  const n = orders[0]!.length;
  const counts = new Uint32Array(n * n);
  for (const order of orders) order.forEach((item, i) => counts[item * n + i]!++);
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

/**
 * Σ over a and b of (Σ cₐ(i) c_b(σᵢ))², divided by its mean, where cₐ are the first cosines over the places, which are orthogonal and
 * sum to 0: the terms of the sum then do not correlate and have variance n²/(n−1) each. A smooth law of places that is not uniform
 * shows in some of them, whatever its form is. χ², or lighter in the tail, for few orders and short ones too.
 */
function waves(orders: readonly (readonly number[])[]): number {
  const n = orders[0]!.length;
  const cosines = Array.from({ length: waveCount(n) }, (_, a) =>
    Array.from({ length: n }, (__, i) => Math.SQRT2 * Math.cos((Math.PI * (a + 1) * (i + 0.5)) / n)),
  );
  const sums = cosines.flatMap((from) =>
    cosines.map((to) => orders.reduce((sum, order) => order.reduce((s, item, i) => s + from[i]! * to[item]!, sum), 0)),
  );
  return sums.reduce((sum, term) => sum + term ** 2, 0) / ((orders.length * n * n) / (n - 1));
}

/** Few, so that what bends the law of places is not lost among what does not. */
const waveCount = (n: number): number => Math.min(3, n - 1);

interface Moments {
  mean: number;
  variance: number;
}

/** Sums over several orders are close to normal: no tail of these statistics is heavier. */
const deviates = (sum: number, orders: number, { mean, variance }: Moments): boolean =>
  normalTwoSided((sum - orders * mean) / Math.sqrt(orders * variance)) < alpha;

/**
 * P(X ≥ x) for a sum of counts whose factorial moments are at most those of Poisson(1) each, by Chernoff's bound. This holds
 * for fixed points, E (F)ᵣ = 1, and for successions, E (S)ᵣ = (n−r)/n.
 */
function poissonUpper(x: number, mean: number): number {
  return x <= mean ? 1 : Math.exp(x - mean - x * Math.log(x / mean));
}

/** Σ |σᵢ − σᵢ₊₁|: mean (n²−1)/3, variance (n−2)(n+1)(4n−7)/90. */
const neighbourDistance = (order: readonly number[]): number =>
  order.reduce((sum, item, i) => (i === 0 ? sum : sum + Math.abs(item - order[i - 1]!)), 0);
const neighbourMoments = (n: number): Moments => ({
  mean: (n * n - 1) / 3,
  variance: ((n - 2) * (n + 1) * (4 * n - 7)) / 90,
});

/** Σ (i − m)(σᵢ − m) with m = (n−1)/2, Spearman's statistic: mean 0, variance n²(n+1)²(n−1)/144. */
const rankProduct = (order: readonly number[]): number => {
  const middle = (order.length - 1) / 2;
  return order.reduce((sum, item, i) => sum + (i - middle) * (item - middle), 0);
};
const rankMoments = (n: number): Moments => ({ mean: 0, variance: (n * n * (n + 1) ** 2 * (n - 1)) / 144 });

/** Σ |i − σᵢ|, Spearman's footrule: mean (n²−1)/3, variance (n+1)(2n²+7)/45 (Diaconis and Graham 1977). */
const displacement = (order: readonly number[]): number => order.reduce((sum, item, i) => sum + Math.abs(item - i), 0);
const displacementMoments = (n: number): Moments => ({
  mean: (n * n - 1) / 3,
  variance: ((n + 1) * (2 * n * n + 7)) / 45,
});

function assertPermutation(order: readonly number[], n: number): void {
  const isWhole = order.length === n && new Set(order).size === n && order.every((item) => item >= 0 && item < n);
  if (!isWhole) throw new RangeError(`an order of ${n} holds each of 0..${n - 1} once`);
}
