/** The backward pass of a linear layer Y = X W + b that receives dY: dX = dY Wᵀ, dW = Xᵀ dY, db = Σ dY over the batch. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { columnSums, mapMat, matmul, scaleMat, transpose } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';

export interface LinearCase {
  /** N×in. */
  X: Mat;
  /** in×out. */
  W: Mat;
  b: Vec;
  /** N×out: the gradient that arrives from above. */
  dY: Mat;
}

export interface LinearRules {
  /** What takes the place of the gradient from above. */
  arriving(given: LinearCase): Mat;
  toInput(dY: Mat, given: LinearCase): Mat;
  toWeights(dY: Mat, given: LinearCase): Mat;
  toBias(dY: Mat, given: LinearCase): Vec;
}

/** The answer is `{ dX, dW, db }`, summed over the batch. */
export const linearProgram: Program<LinearCase, LinearRules> = {
  right: {
    arriving: ({ dY }) => dY,
    toInput: (dY, { W }) => matmul(dY, transpose(W)),
    toWeights: (dY, { X }) => matmul(transpose(X), dY),
    toBias: (dY) => columnSums(dY),
  },
  run: (given, rules) => {
    const dY = rules.arriving(given);
    return {
      dX: arrayOf(rules.toInput(dY, given)),
      dW: arrayOf(rules.toWeights(dY, given)),
      db: arrayOf(rules.toBias(dY, given)),
    };
  },
};

type LinearMistake = Mistake<LinearRules>;
const scaleVec = (v: Vec, factor: number): Vec => v.map((x) => x * factor);
const total = (a: Mat): number => a.flat().reduce((sum, v) => sum + v, 0);

export const linearMistakes: readonly LinearMistake[] = [
  {
    id: 'mean-over-batch',
    title: 'dW and db averaged over the batch',
    advice: 'Sum over the batch: whether the loss is a mean is already contained in the gradient that arrives.',
    apply: (right) => ({
      ...right,
      toWeights: (dY, given) => scaleMat(right.toWeights(dY, given), 1 / dY.length),
      toBias: (dY, given) => scaleVec(right.toBias(dY, given), 1 / dY.length),
    }),
  },
  {
    id: 'bias-mean',
    title: 'db averaged over the batch',
    advice: 'Sum over the batch for db, as you do for dW.',
    apply: (right) => ({ ...right, toBias: (dY) => scaleVec(columnSums(dY), 1 / dY.length) }),
  },
  {
    id: 'weights-mean',
    title: 'dW averaged over the batch',
    advice: 'Sum over the batch for dW, as you do for db.',
    apply: (right) => ({ ...right, toWeights: (dY, given) => scaleMat(right.toWeights(dY, given), 1 / dY.length) }),
  },
  {
    id: 'bias-zero',
    title: 'db zero',
    advice: 'Compute db: the sum over the batch of the gradient that arrives.',
    apply: (right) => ({ ...right, toBias: (_, { b }) => b.map(() => 0) }),
  },
  {
    id: 'bias-first-sample',
    title: 'db from the first sample',
    advice: 'Sum over all samples for db.',
    apply: (right) => ({ ...right, toBias: (dY) => dY[0]! }),
  },
  {
    id: 'bias-last-sample',
    title: 'db from the last sample',
    advice: 'Add up all samples for db: each one overwrites the one before.',
    apply: (right) => ({ ...right, toBias: (dY) => dY.at(-1)! }),
  },
  {
    id: 'bias-total',
    title: 'db summed over samples and units',
    advice: 'Sum over the samples only (axis 0), so that every unit keeps a bias gradient of its own.',
    apply: (right) => ({ ...right, toBias: (dY, { b }) => b.map(() => total(dY)) }),
  },
  {
    id: 'bias-is-value',
    title: 'the bias itself instead of its gradient',
    advice: 'Return the gradient of the bias, not the bias.',
    apply: (right) => ({ ...right, toBias: (_, { b }) => b }),
  },
  {
    id: 'arriving-ignored',
    title: 'gradient from above ignored',
    advice: 'Multiply by the gradient that arrives from the layer above: the chain rule needs it.',
    apply: (right) => ({ ...right, arriving: ({ dY }) => mapMat(dY, () => 1) }),
  },
  {
    id: 'arriving-mean',
    title: 'mean of the gradient from above',
    advice: 'Keep the gradient from above sample by sample and unit by unit: you use its mean.',
    apply: (right) => ({ ...right, arriving: ({ dY }) => mapMat(dY, () => total(dY) / dY.flat().length) }),
  },
  {
    id: 'arriving-reversed',
    title: 'rows of the gradient from above in reverse',
    advice: 'Keep the rows of inputs and gradients together: one of them runs in reverse.',
    apply: (right) => ({ ...right, arriving: ({ dY }) => [...dY].reverse() }),
  },
  {
    id: 'sign',
    title: 'sign reversed',
    advice: 'Reverse the sign: the minus of gradient descent belongs to the update of the weights.',
    family: 'scale',
    apply: (right) => ({ ...right, arriving: ({ dY }) => scaleMat(dY, -1) }),
  },
  {
    id: 'output-for-input',
    title: 'output with bias used as layer input',
    advice:
      'Multiply by the input of the layer without adding anything to it: each entry of dW is input times gradient.',
    apply: (right) => ({
      ...right,
      toWeights: (dY, { X, b }) => matmul(transpose(X.map((row) => row.map((v) => v + b[0]!))), dY),
    }),
  },
  {
    id: 'input-forgotten',
    title: 'layer input left out of dW',
    advice: 'Multiply by the layer input: dW is input times gradient, summed over the batch.',
    apply: (right) => ({ ...right, toWeights: (dY, { X }) => matmul(transpose(mapMat(X, () => 1)), dY) }),
  },
  {
    id: 'weights-forgotten',
    title: 'weights left out of dX',
    advice: 'Multiply by the transposed weights to pass the gradient on to the input.',
    apply: (right) => ({
      ...right,
      toInput: (dY, { W }) => matmul(dY, transpose(mapMat(W, () => 1))),
    }),
  },
  {
    id: 'input-gradient-averaged',
    title: 'dX divided by the batch size',
    advice: 'Do not divide dX by the number of samples: every sample has a row of its own.',
    apply: (right) => ({ ...right, toInput: (dY, given) => scaleMat(right.toInput(dY, given), 1 / dY.length) }),
  },
  {
    id: 'input-gradient-zero',
    title: 'dX zero',
    advice: 'Return the gradient for the input: the layers below need it.',
    apply: (right) => ({ ...right, toInput: (_, { X }) => mapMat(X, () => 0) }),
  },
  {
    id: 'input-returned',
    title: 'the input itself instead of its gradient',
    advice: 'Return the gradient for the input, not the input.',
    apply: (right) => ({ ...right, toInput: (_, { X }) => X }),
  },
];
