/** What the layer Linear computes forwards and in a step, and what is computed in its place. */
import { addRow, columnSums, matmul, transpose, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import type { VariantFamily } from '../../key.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Rows } from './layer-calls.ts';

export interface LinearProbe {
  W: Rows;
  b: number[];
  x: Rows;
  dy: Rows;
  /** A mini-batch that goes through before. */
  earlier: { x: Rows; dy: Rows };
  /** Their gradients and a step size, for `step`. */
  dW: Rows;
  db: number[];
  stepSize: number;
}

type Forward = { y(probe: LinearProbe): Rows };

export const forward: Program<LinearProbe, Forward> = {
  right: { y: ({ x, W, b }) => addRow(matmul(x, W), b) },
  run: (probe, rules) => ({ y: arrayOf(rules.y(probe)) }),
};

export const forwardMistakes: readonly Mistake<Forward>[] = [
  {
    id: 'no-bias',
    title: 'the bias is missing',
    advice: 'Add b to every row of xW.',
    apply: () => ({ y: ({ x, W }) => matmul(x, W) }),
  },
  {
    id: 'bias-subtracted',
    title: 'the bias is subtracted',
    advice: 'Add b to every row of xW.',
    apply: () => ({
      y: ({ x, W, b }) =>
        addRow(
          matmul(x, W),
          b.map((v) => -v),
        ),
    }),
  },
  {
    id: 'bias-first-row',
    title: 'the bias is added to the first row only',
    advice: 'Add b to every row, one for each example.',
    apply: () => ({ y: ({ x, W, b }) => matmul(x, W).map((row, i) => (i === 0 ? row.map((v, j) => v + b[j]!) : row)) }),
  },
  {
    id: 'bias-summed',
    title: 'the sum of all biases is added',
    advice: 'Output j gets b[j] alone.',
    apply: () => ({
      y: ({ x, W, b }) =>
        addRow(
          matmul(x, W),
          b.map(() => b.reduce((sum, v) => sum + v, 0)),
        ),
    }),
  },
];

export interface Step {
  W(probe: LinearProbe): Rows;
  b(probe: LinearProbe): number[];
}

/** A step that is carried on: a share of the gradients of the mini-batch before is still in it. */
export const momentum: VariantFamily<LinearProbe> = {
  id: 'momentum',
  title: 'a step of an earlier call is still in it',
  advice: (share) =>
    `step adds ${share} times the step before: the sheet asks for W − stepSize·dW and b − stepSize·db, with the gradients of the last backward alone.`,
  values: [0.1, 0.5, 0.8, 0.9, 0.95, 0.99, 1],
  compute(p, share) {
    const { x, dy } = p.earlier;
    const before = { dW: matmul(transpose(x), dy), db: columnSums(dy) };
    const dW = zipMat(p.dW, before.dW, (now, then) => now + share * then);
    const db = p.db.map((now, j) => now + share * before.db[j]!);
    return { W: arrayOf(moved({ ...p, dW }, -p.stepSize)), b: arrayOf(movedBias({ ...p, db }, -p.stepSize)) };
  },
};

const moved = (p: LinearProbe, by: number): Rows => zipMat(p.W, p.dW, (w, g) => w + by * g);
const movedBias = (p: LinearProbe, by: number): number[] => p.b.map((v, j) => v + by * p.db[j]!);

export const step: Program<LinearProbe, Step> = {
  right: { W: (p) => moved(p, -p.stepSize), b: (p) => movedBias(p, -p.stepSize) },
  run: (probe, rules) => ({ W: arrayOf(rules.W(probe)), b: arrayOf(rules.b(probe)) }),
};

export const stepMistakes: readonly Mistake<Step>[] = [
  {
    id: 'ascent',
    title: 'the gradient is added',
    advice: 'Subtract stepSize · gradient: the gradient points uphill.',
    apply: () => ({ W: (p) => moved(p, p.stepSize), b: (p) => movedBias(p, p.stepSize) }),
  },
  {
    id: 'no-step-size',
    title: 'the step size is missing',
    advice: 'Multiply the gradients by the step size.',
    apply: () => ({ W: (p) => moved(p, -1), b: (p) => movedBias(p, -1) }),
  },
  {
    id: 'weights-only',
    title: 'the biases are not updated',
    advice: 'Update b as well.',
    apply: (right) => ({ ...right, b: (p) => p.b }),
  },
  {
    id: 'biases-only',
    title: 'the weights are not updated',
    advice: 'Update W as well.',
    apply: (right) => ({ ...right, W: (p) => p.W }),
  },
  {
    id: 'nothing',
    title: 'nothing is updated',
    advice: 'Assign the new weights and biases to this.W and this.b.',
    apply: () => ({ W: (p) => p.W, b: (p) => p.b }),
  },
  {
    id: 'mean-over-weights',
    title: 'the step is divided by the number of inputs',
    advice: 'The step is stepSize · gradient, nothing else.',
    apply: () => ({
      W: (p) => moved(p, -p.stepSize / p.W.length),
      b: (p) => movedBias(p, -p.stepSize / p.W.length),
    }),
  },
];
