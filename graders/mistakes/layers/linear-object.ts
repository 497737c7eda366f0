/** A linear layer as an object that keeps W, b and their gradients: forward, backward and step, and what goes wrong there. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import {
  addRow,
  columnSums,
  mapMat,
  matmul,
  scaleMat,
  sum,
  transpose,
  zipMat,
} from '../../../reference/oracles/linear-algebra.ts';
import type { VariantFamily } from '../../key.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake } from '../program.ts';
import type { LinearCase, LinearRules } from './linear.ts';
import { arriving, levelled, linearSlips, rightLinear } from './linear.ts';

interface LinearObjectCase extends LinearCase {
  /** The gradient that arrives. */
  dy: Mat;
  /** A mini-batch of an earlier call. */
  other: { x: Mat; dy: Mat };
  /** Gradients and a step size, for `step`. */
  dW: Mat;
  db: Vec;
  stepSize: number;
}

interface Forward {
  y(given: LinearCase): Mat;
}

export const forwardProgram: Program<LinearCase, Forward> = {
  right: { y: ({ x, W, b }) => addRow(matmul(x, W), b) },
  run: (given, rules) => ({ y: arrayOf(rules.y(given)) }),
};

const everyRow = 'Add b to every row of xW.';
const withBias = (change: (b: Vec) => Vec): Forward => ({ y: ({ x, W, b }) => addRow(matmul(x, W), change(b)) });

export const forwardMistakes: readonly Mistake<Forward>[] = [
  mistake('no-bias', 'the bias is missing', everyRow, { y: ({ x, W }) => matmul(x, W) }),
  mistake(
    'bias-subtracted',
    'the bias is subtracted',
    everyRow,
    withBias((b) => b.map((v) => -v)),
  ),
  mistake('bias-first-row', 'the bias is added to the first row only', 'Add b to every row, one for each example.', {
    y: ({ x, W, b }) => matmul(x, W).map((row, i) => (i === 0 ? row.map((v, j) => v + b[j]!) : row)),
  }),
  mistake(
    'bias-summed',
    'the sum of all biases is added',
    'Output j gets b[j] alone.',
    withBias((b) => b.map(() => sum(b))),
  ),
];

type Backward = LinearRules<LinearObjectCase>;

export const backwardProgram: Program<LinearObjectCase, Backward> = {
  right: rightLinear,
  run: (given, rules) => ({
    dx: arrayOf(rules.dx(given.dy, given)),
    dW: arrayOf(rules.dW(given.x, given.dy, given)),
    db: arrayOf(rules.db(given.dy, given.x, given)),
  }),
};

const back = mistake<Backward>;

export const backwardMistakes: readonly Mistake<Backward>[] = [
  back(
    'mean-over-batch',
    'dW and db are means over the mini-batch',
    'Sum over the mini-batch: the mean, if one is wanted, is taken in the loss.',
    (right) => ({ ...linearSlips.averagedW(right), ...linearSlips.averagedB }),
  ),
  back(
    'mean-bias',
    'db is a mean over the mini-batch',
    'Sum dy over the rows for the biases: the mean does not fit to dW, which is a sum.',
    linearSlips.averagedB,
  ),
  back(
    'bias-first-row',
    'db is the first row of dy',
    'Sum dy over all rows for the biases.',
    linearSlips.firstExampleOfB,
  ),
  back(
    'bias-total',
    'db sums over everything',
    'Sum dy over the rows only: every output has a bias of its own.',
    linearSlips.totalB,
  ),
  back('bias-zero', 'db stays zero', 'Store the sum of dy over the rows in db.', linearSlips.zeroB),
  back(
    'dy-ignored',
    'dy is not used',
    'Multiply by dy: it is the gradient that arrives from the layers behind.',
    arriving((dy) => mapMat(dy, () => 1)),
  ),
  back(
    'dy-mean',
    'the mean of dy is used everywhere',
    'Every entry of dy belongs to its own example and output: use them one by one.',
    arriving(levelled),
  ),
  back(
    'dy-rows-reversed',
    'the rows of dy are in another order',
    'Row i of dy belongs to row i of x.',
    arriving((dy) => [...dy].reverse()),
  ),
  back(
    'sign',
    'the sign is turned round',
    'backward returns gradients; the minus belongs to step.',
    arriving((dy) => scaleMat(dy, -1)),
  ),
  back(
    'first-example',
    'dW comes from the first example only',
    'Sum x_i dy_j over all rows of the mini-batch.',
    linearSlips.firstExampleOfW,
  ),
  back(
    'accumulated',
    'gradients of earlier calls are still in dW and db',
    'Begin every backward with fresh gradients: assign dW and db, do not add to them.',
    (right) => ({
      dW: (x, d, p) => zipMat(right.dW(x, d, p), right.dW(p.other.x, p.other.dy, p), (now, then) => now + then),
      db: (d, x, p) => right.db(d, x, p).map((v, j) => v + right.db(p.other.dy, p.other.x, p)[j]!),
    }),
  ),
  back(
    'earlier-input',
    'the input of an earlier call is used',
    'Use the x that backward gets, not one that forward stored.',
    (right) => ({ dW: (_, d, p) => right.dW(p.other.x, d, p) }),
  ),
];

interface Step {
  W(given: LinearObjectCase): Mat;
  b(given: LinearObjectCase): Vec;
}

/** Both moved by this many times their gradients. */
const by = (factor: (given: LinearObjectCase) => number): Step => ({
  W: (p) => zipMat(p.W, p.dW, (w, g) => w + factor(p) * g),
  b: (p) => p.b.map((v, j) => v + factor(p) * p.db[j]!),
});

export const stepProgram: Program<LinearObjectCase, Step> = {
  right: by((p) => -p.stepSize),
  run: (given, rules) => ({ W: arrayOf(rules.W(given)), b: arrayOf(rules.b(given)) }),
};

const still: Step = { W: (p) => p.W, b: (p) => p.b };

export const stepMistakes: readonly Mistake<Step>[] = [
  mistake(
    'ascent',
    'the gradient is added',
    'Subtract stepSize · gradient: the gradient points uphill.',
    by((p) => p.stepSize),
  ),
  mistake(
    'no-step-size',
    'the step size is missing',
    'Multiply the gradients by the step size.',
    by(() => -1),
  ),
  mistake<Step>('weights-only', 'the biases are not updated', 'Update b as well.', { b: still.b }),
  mistake<Step>('biases-only', 'the weights are not updated', 'Update W as well.', { W: still.W }),
  mistake('nothing', 'nothing is updated', 'Assign the new weights and biases to this.W and this.b.', still),
  mistake(
    'mean-over-weights',
    'the step is divided by the number of inputs',
    'The step is stepSize · gradient, nothing else.',
    by((p) => -p.stepSize / p.W.length),
  ),
];

/** A step that is carried on: a share of the gradients of the mini-batch before is still in it. */
export const carriedOn: VariantFamily<LinearObjectCase> = {
  id: 'momentum',
  title: 'a step of an earlier call is still in it',
  advice: (share) =>
    `step adds ${share} times the step before: the sheet asks for W − stepSize·dW and b − stepSize·db, with the gradients of the last backward alone.`,
  values: [0.1, 0.5, 0.8, 0.9, 0.95, 0.99, 1],
  compute(p, share) {
    const { x, dy } = p.other;
    const dW = zipMat(p.dW, matmul(transpose(x), dy), (now, then) => now + share * then);
    const before = columnSums(dy);
    const db = p.db.map((now, j) => now + share * before[j]!);
    return stepProgram.run({ ...p, dW, db }, stepProgram.right);
  },
};
