/** Is a shuffle fair? `orders` are R shuffles of 0..n−1: orders[r][k] is the element that came to place k. */
import { chiSquare } from './special-functions.ts';
import type { StatisticalTest } from './statistics.ts';
import { CHECK_ALPHA, concluded, normalTwoSided } from './statistics.ts';

/** The first row that is not a permutation of 0..n−1, or −1: to be asked before any statistics. */
export function firstNonPermutation(orders: readonly (readonly number[])[]): number {
  return orders.findIndex((order) => {
    const seen = new Set(order.filter((v) => Number.isInteger(v) && v >= 0 && v < order.length));
    return seen.size !== order.length;
  });
}

/**
 * How often each element came to each place: (n−1)/n · ΣΣ(c − R/n)²/(R/n) is χ² with (n−1)² degrees of freedom. With 2000
 * shuffles of 8 it finds sorting by a random comparison, off-by-one swaps and naive swapping almost surely.
 */
export function positionMatrixTest(orders: readonly (readonly number[])[], alpha = CHECK_ALPHA): StatisticalTest {
  const { R, n } = sizes(orders);
  const counts = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (const order of orders) order.forEach((element, place) => counts[element]![place]!++);
  const expected = R / n;
  const spread = counts.flat().reduce((total, c) => total + (c - expected) ** 2 / expected, 0);
  const statistic = ((n - 1) / n) * spread;
  const df = (n - 1) ** 2;
  const what = `places of ${n} elements over ${R} shuffles: χ² ${statistic.toFixed(1)} where about ${df} is expected`;
  return concluded(statistic, chiSquare(statistic, df).upper, alpha, what);
}

/**
 * How often an element is followed by its old neighbour (k, k+1): mean (n−1)/n and, since E[S(S−1)] = (n−2)/n, variance
 * (n−2)/n + (n−1)/n − ((n−1)/n)² a shuffle. Finds rotations and riffles, which visit every place evenly.
 */
export function successionTest(orders: readonly (readonly number[])[], alpha = CHECK_ALPHA): StatisticalTest {
  const { R, n } = sizes(orders);
  let count = 0;
  for (const order of orders) for (let k = 1; k < n; k++) if (order[k]! === order[k - 1]! + 1) count++;
  const mean = (n - 1) / n;
  const variance = (n - 2) / n + mean - mean * mean;
  const z = (count - R * mean) / Math.sqrt(R * variance);
  const what = `${count} old neighbours side by side in ${R} shuffles of ${n} where ${(R * mean).toFixed(0)} are expected`;
  return concluded(z, normalTwoSided(z), alpha, what);
}

function sizes(orders: readonly (readonly number[])[]): { R: number; n: number } {
  const n = orders[0]?.length ?? 0;
  const bad = orders.findIndex((order) => order.length !== n);
  if (n < 3 || bad >= 0) throw new RangeError('shuffles must be of at least 3 elements, all equally many');
  if (firstNonPermutation(orders) >= 0) throw new RangeError(`row ${firstNonPermutation(orders)} is not a permutation`);
  return { R: orders.length, n };
}
