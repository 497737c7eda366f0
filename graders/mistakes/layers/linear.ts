/**
 * The way back through a linear layer z = x W + b that receives d = ∂L/∂z, with every debatable step exchangeable:
 * ∂L/∂x = d Wᵀ, ∂L/∂W = xᵀ d, ∂L/∂b = Σ d over the examples.
 */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import {
  columnSums,
  mapMat,
  matmul,
  scaleMat,
  sum,
  transpose,
  zipMat,
} from '../../../reference/oracles/linear-algebra.ts';
import { linearBackward } from '../../../reference/oracles/layers.ts';
import type { Change } from '../program.ts';

export interface LinearCase {
  /** Examples × inputs. */
  x: Mat;
  /** Inputs × units. */
  W: Mat;
  b: Vec;
}

export interface LinearRules<Case extends LinearCase> {
  dx(d: Mat, given: Case): Mat;
  dW(x: Mat, d: Mat, given: Case): Mat;
  db(d: Mat, x: Mat, given: Case): Vec;
}

export const rightLinear: LinearRules<LinearCase> = {
  dx: (d, { x, W }) => linearBackward(x, W, d).dX,
  dW: (x, d, { W }) => linearBackward(x, W, d).dW,
  db: (d, x, { W }) => linearBackward(x, W, d).db,
};

const total = (rows: Mat): number => sum(rows.flat());
const ones = (rows: Mat): Mat => mapMat(rows, () => 1);

/** The mean over examples and units, at every place. */
export const levelled = (d: Mat): Mat => d.map((row) => row.map(() => total(d) / d.flat().length));
const meanRow = (rows: Mat): Vec => columnSums(rows).map((v) => v / rows.length);

type Slip = Change<LinearRules<LinearCase>>;

/** Slips in the three gradients, whatever a sheet calls them. */
export const linearSlips = {
  firstExampleOfW: { dW: (x, d) => matmul(transpose(x.slice(0, 1)), d.slice(0, 1)) },
  lastExampleOfW: { dW: (x, d) => matmul(transpose(x.slice(-1)), d.slice(-1)) },
  meansOfW: { dW: (x, d) => matmul(transpose([columnSums(x)]), [meanRow(d)]) },
  noInput: { dW: (x, d) => matmul(transpose(ones(x)), d) },
  noErrorInW: { dW: (x, d) => matmul(transpose(x), ones(d)) },
  timesW: (right) => ({ dW: (x, d, p) => zipMat(right.dW(x, d, p), p.W, (g, w) => g * w) }),
  unpaired: { dW: (x, d) => matmul(transpose([...x].reverse()), d) },
  signOfW: (right) => ({ dW: (x, d, p) => scaleMat(right.dW(x, d, p), -1) }),
  averagedW: (right) => ({ dW: (x, d, p) => scaleMat(right.dW(x, d, p), 1 / x.length) }),
  zeroB: { db: (d) => d[0]!.map(() => 0) },
  averagedB: { db: meanRow },
  firstExampleOfB: { db: (d) => d[0]! },
  lastExampleOfB: { db: (d) => d.at(-1)! },
  totalB: { db: (d) => d[0]!.map(() => total(d)) },
  bFromW: (right) => ({ db: (d, x, p) => columnSums(right.dW(x, d, p)) }),
  timesB: (right) => ({ db: (d, x, p) => right.db(d, x, p).map((v, j) => v * p.b[j]!) }),
  absoluteWeights: { dx: (d, p) => matmul(d, transpose(mapMat(p.W, Math.abs))) },
  noWeights: { dx: (d, p) => d.map((row) => p.W.map(() => sum(row))) },
  weightsAndBias: { dx: (d, p) => matmul(d, transpose(p.W.map((row) => row.map((w, j) => w + p.b[j]!)))) },
  averagedX: (right) => ({ dx: (d, p) => scaleMat(right.dx(d, p), 1 / d.length) }),
  batchMeanX: (right) => ({
    dx: (d, p) => {
      const mean = meanRow(right.dx(d, p));
      return d.map(() => mean);
    },
  }),
  signOfX: (right) => ({ dx: (d, p) => scaleMat(right.dx(d, p), -1) }),
  timesX: (right) => ({ dx: (d, p) => zipMat(right.dx(d, p), p.x, (g, v) => g * v) }),
} satisfies Record<string, Slip>;

/** The same slip wherever the arriving gradient is used. */
export const arriving =
  <Case extends LinearCase>(change: (d: Mat) => Mat) =>
  (right: LinearRules<Case>): LinearRules<Case> => ({
    dx: (d, p) => right.dx(change(d), p),
    dW: (x, d, p) => right.dW(x, change(d), p),
    db: (d, x, p) => right.db(change(d), x, p),
  });
