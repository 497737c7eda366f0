/** What the layer Linear computes backwards, and what is computed in its place. */
import { columnSums, matmul, transpose, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Rows } from './layer-calls.ts';
import type { LinearProbe } from './linear-layer.ts';

export interface Backward {
  dx(probe: LinearProbe): Rows;
  dW(probe: LinearProbe): Rows;
  db(probe: LinearProbe): number[];
}

export const backward: Program<LinearProbe, Backward> = {
  right: {
    dx: ({ dy, W }) => matmul(dy, transpose(W)),
    dW: ({ x, dy }) => matmul(transpose(x), dy),
    db: ({ dy }) => columnSums(dy),
  },
  run: (probe, rules) => ({ dx: arrayOf(rules.dx(probe)), dW: arrayOf(rules.dW(probe)), db: arrayOf(rules.db(probe)) }),
};

const scaled = (rows: Rows, by: number): Rows => rows.map((row) => row.map((v) => v * by));
const ones = (rows: Rows): Rows => rows.map((row) => row.map(() => 1));
const meanOf = (rows: Rows): number => rows.flat().reduce((sum, v) => sum + v, 0) / rows.flat().length;

/** The same mistake wherever dy is used. */
const otherDy =
  (change: (dy: Rows) => Rows) =>
  (right: Backward): Backward => {
    const swap = (probe: LinearProbe) => ({ ...probe, dy: change(probe.dy) });
    return { dx: (p) => right.dx(swap(p)), dW: (p) => right.dW(swap(p)), db: (p) => right.db(swap(p)) };
  };

export const backwardMistakes: readonly Mistake<Backward>[] = [
  {
    id: 'mean-over-batch',
    title: 'dW and db are means over the mini-batch',
    advice: 'Sum over the mini-batch: the mean, if one is wanted, is taken in the loss.',
    apply: (right) => ({
      ...right,
      dW: (p) => scaled(right.dW(p), 1 / p.x.length),
      db: (p) => right.db(p).map((v) => v / p.x.length),
    }),
  },
  {
    id: 'mean-bias',
    title: 'db is a mean over the mini-batch',
    advice: 'Sum dy over the rows for the biases: the mean does not fit to dW, which is a sum.',
    apply: (right) => ({ ...right, db: (p) => right.db(p).map((v) => v / p.x.length) }),
  },
  {
    id: 'bias-first-row',
    title: 'db is the first row of dy',
    advice: 'Sum dy over all rows for the biases.',
    apply: (right) => ({ ...right, db: ({ dy }) => dy[0]! }),
  },
  {
    id: 'bias-total',
    title: 'db sums over everything',
    advice: 'Sum dy over the rows only: every output has a bias of its own.',
    apply: (right) => ({ ...right, db: ({ dy, b }) => b.map(() => dy.flat().reduce((sum, v) => sum + v, 0)) }),
  },
  {
    id: 'bias-zero',
    title: 'db stays zero',
    advice: 'Store the sum of dy over the rows in db.',
    apply: (right) => ({ ...right, db: ({ b }) => b.map(() => 0) }),
  },
  {
    id: 'dy-ignored',
    title: 'dy is not used',
    advice: 'Multiply by dy: it is the gradient that arrives from the layers behind.',
    apply: otherDy(ones),
  },
  {
    id: 'dy-mean',
    title: 'the mean of dy is used everywhere',
    advice: 'Every entry of dy belongs to its own example and output: use them one by one.',
    apply: otherDy((dy) => dy.map((row) => row.map(() => meanOf(dy)))),
  },
  {
    id: 'dy-rows-reversed',
    title: 'the rows of dy are in another order',
    advice: 'Row i of dy belongs to row i of x.',
    apply: otherDy((dy) => [...dy].reverse()),
  },
  {
    id: 'sign',
    title: 'the sign is turned round',
    advice: 'backward returns gradients; the minus belongs to step.',
    apply: otherDy((dy) => scaled(dy, -1)),
  },
  {
    id: 'first-example',
    title: 'dW comes from the first example only',
    advice: 'Sum x_i dy_j over all rows of the mini-batch.',
    apply: (right) => ({ ...right, dW: ({ x, dy }) => matmul(transpose(x.slice(0, 1)), dy.slice(0, 1)) }),
  },
  {
    id: 'accumulated',
    title: 'gradients of earlier calls are still in dW and db',
    advice: 'Begin every backward with fresh gradients: assign dW and db, do not add to them.',
    apply: (right) => ({
      ...right,
      dW: (p) => zipMat(right.dW(p), right.dW({ ...p, ...p.earlier }), (a, b) => a + b),
      db: (p) => right.db(p).map((v, j) => v + right.db({ ...p, ...p.earlier })[j]!),
    }),
  },
  {
    id: 'earlier-input',
    title: 'the input of an earlier call is used',
    advice: 'Use the x that backward gets, not one that forward stored.',
    apply: (right) => ({ ...right, dW: (p) => right.dW({ ...p, x: p.earlier.x }) }),
  },
];
