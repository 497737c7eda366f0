/** Softmax regression, its derivative and differences of its loss: what tests of recognised differences look at. */
import type { Random } from './random.ts';
import { createRandom } from './random.ts';

export interface Case {
  W: number[][];
  X: number[][];
  y: number[];
}

const randomRows = (random: Random, rows: number, columns: number, sd: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal(0, sd)));

/** Softmax regression on batches of several sizes, in a steep and in a flat place. */
export const casesOf = (seed: number): Case[] =>
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

export const loss = (at: Case): number =>
  probabilities(at).reduce((sum, p, n) => sum - Math.log(p[at.y[n]!]!), 0) / at.X.length;

/** xᵀ(p − y)/N, whose every number goes through `keep` on its way, in sums that run forwards or backwards. */
export function derived(at: Case, keep = (v: number): number => v, backwards = false): number[] {
  const delta = probabilities(at).map((p, n) => p.map((v, k) => keep(keep(v) - (k === at.y[n] ? 1 : 0))));
  const order = at.X.map((_, n) => n);
  if (backwards) order.reverse();
  return at.W.flatMap((row, i) =>
    row.map((_, k) =>
      keep(order.reduce((sum, n) => keep(sum + keep(keep(at.X[n]![i]!) * delta[n]![k]!)), 0) / order.length),
    ),
  );
}

export type Slope = (f: (x: number) => number, x: number) => number;

export const differenced = (at: Case, slope: Slope): number[] =>
  at.W.flatMap((row, i) =>
    row.map((value, k) =>
      slope((x) => loss({ ...at, W: at.W.map((r, j) => (j === i ? r.map((v, l) => (l === k ? x : v)) : r)) }), value),
    ),
  );

export const central =
  (h: number): Slope =>
  (f, x) =>
    (f(x + h) - f(x - h)) / (2 * h);
export const forward =
  (h: number): Slope =>
  (f, x) =>
    (f(x + h) - f(x)) / h;
export const centralBy =
  (step: (x: number) => number): Slope =>
  (f, x) =>
    central(step(x))(f, x);
export const richardson =
  (h: number): Slope =>
  (f, x) =>
    (4 * central(h / 2)(f, x) - central(h)(f, x)) / 3;
