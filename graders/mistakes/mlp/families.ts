/** Mistakes of a network with one free number: penalties, clipping, small constants. */
import { softmaxVjp } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, matmul, scaleMat, transpose, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { VariantFamily } from '../../key.ts';
import type { Program } from '../program.ts';
import type { MlpRules } from './backprop.ts';
import type { MlpKind } from './kind.ts';
import { hasHidden, isDeep, isSoftmax } from './kind.ts';
import { scaleVec } from './matrix.ts';

interface MlpFamily {
  id: string;
  title: string;
  advice(value: string): string;
  values: readonly number[];
  where?(kind: MlpKind): boolean;
  apply(right: MlpRules, value: number): MlpRules;
}

/** 1, 2 and 5 in every decade, both ends included. */
const decades = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i).flatMap((power) =>
    power === to ? [10 ** power] : [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
  );

const clip = (limit: number) => (v: number) => Math.max(-limit, Math.min(limit, v));
const limitNorm = (values: number[], limit: number): number => Math.min(1, limit / Math.hypot(...values));
const steps = (count: number, width: number): number[] =>
  Array.from({ length: count }, (_, i) => Number(((i + 1) * width).toPrecision(6)));

export const mlpFamilies: readonly MlpFamily[] = [
  {
    id: 'weight-penalty',
    title: 'L2 penalty on the weights included',
    advice: (value) => `Leave the L2 penalty out of this gradient: ${value} times the weights is added to it.`,
    values: decades(-4, 1),
    apply: (right, lambda) => ({
      ...right,
      finish: ({ W, b }, net) => ({ W: W.map((g, l) => zipMat(g, net.W[l]!, (v, w) => v + lambda * w)), b }),
    }),
  },
  {
    id: 'parameter-penalty',
    title: 'L2 penalty on weights and biases included',
    advice: (value) =>
      `Leave the L2 penalty out of this gradient: ${value} times every weight and bias is added to it.`,
    values: decades(-4, 1),
    apply: (right, lambda) => ({
      ...right,
      finish: ({ W, b }, net) => ({
        W: W.map((g, l) => zipMat(g, net.W[l]!, (v, w) => v + lambda * w)),
        b: b.map((g, l) => g.map((v, j) => v + lambda * net.b[l]![j]!)),
      }),
    }),
  },
  {
    id: 'error-clipped',
    title: 'error at the output clipped',
    advice: (value) => `Do not clip the error at the output: values beyond ±${value} are cut off.`,
    values: steps(19, 0.05),
    apply: (right, limit) => ({ ...right, delta: (state, net) => mapMat(right.delta(state, net), clip(limit)) }),
  },
  {
    id: 'gradient-clipped',
    title: 'gradient clipped',
    advice: (value) => `Return the gradient without clipping: values beyond ±${value} are cut off.`,
    values: decades(-3, 1),
    apply: (right, limit) => ({
      ...right,
      finish: ({ W, b }) => ({ W: W.map((g) => mapMat(g, clip(limit))), b: b.map((g) => g.map(clip(limit))) }),
    }),
  },
  {
    id: 'gradient-norm-clipped',
    title: 'norm of every gradient tensor clipped',
    advice: (value) => `Return the gradient without clipping: the norm of every tensor is limited to ${value}.`,
    values: decades(-3, 1),
    apply: (right, limit) => ({
      ...right,
      finish: ({ W, b }) => ({
        W: W.map((g) => scaleMat(g, limitNorm(g.flat(), limit))),
        b: b.map((g) => scaleVec(g, limitNorm(g, limit))),
      }),
    }),
  },
  {
    id: 'log-epsilon',
    title: 'constant inside the logarithm too large',
    advice: (value) =>
      `Make the constant inside the logarithm smaller: with about ${value} it changes the gradient visibly.`,
    values: decades(-5, -1),
    where: isSoftmax,
    apply: (right, epsilon) => ({
      ...right,
      delta: ({ p, y }) =>
        p.map((row, i) =>
          softmaxVjp(
            row,
            row.map((pj, j) => -y[i]![j]! / (pj + epsilon)),
          ),
        ),
    }),
  },
  {
    id: 'labels-smoothed',
    title: 'labels smoothed',
    advice: (value) => `Use the labels as they are: label smoothing of ${value} is mixed into them.`,
    values: steps(10, 0.05),
    where: (kind) => kind.output !== 'linear-mse' && kind.outputs === 'many',
    apply: (right, share) => ({
      ...right,
      batch: ({ X, Y }) => ({ X, Y: mapMat(Y, (y) => y * (1 - share) + share / Y[0]!.length) }),
    }),
  },
  {
    id: 'temperature',
    title: 'pre-activations divided by a temperature',
    advice: (value) => `Use the pre-activations as they are: they are multiplied by ${value} before the softmax.`,
    values: [0.05, 0.1, 0.2, 0.25, 0.5, 1.5, 2, 2.5, 3, 4, 5, 10],
    where: isSoftmax,
    apply: (right, factor) => ({ ...right, output: (z, net) => right.output(scaleMat(z, factor), net) }),
  },
  {
    id: 'leaky-relu',
    title: 'leaky ReLU instead of ReLU',
    advice: (value) => `Use ReLU, which is exactly 0 for negative z: yours leaks with slope ${value}.`,
    values: [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5],
    where: hasHidden('relu'),
    apply: (right, leak) => ({
      ...right,
      activate: (z) => mapMat(z, (v) => (v > 0 ? v : leak * v)),
      slope: ({ z }) => mapMat(z, (v) => (v > 0 ? 1 : leak)),
    }),
  },
  {
    id: 'weights-updated-by',
    title: 'weights updated before the error passes back',
    advice: (value) =>
      `Pass the error back through the weights of the forward pass: yours are already updated with step size ${value}.`,
    values: decades(-3, 0),
    where: (kind) => isDeep(kind) && kind.learningRate === undefined,
    apply: (right, rate) => ({ ...right, passBack: (delta, net, l, g) => backThrough(delta, net.W[l]!, g, rate) }),
  },
];

const backThrough = (delta: Mat, W: Mat, gradient: Mat, rate: number): Mat =>
  matmul(delta, transpose(zipMat(W, gradient, (w, g) => w - rate * g)));

/** Families bound to a program, so that a problem can list them among its clues. */
export const familiesOf = <Probe>(program: Program<Probe, MlpRules>, kind: MlpKind): VariantFamily<Probe>[] =>
  mlpFamilies
    .filter(({ where }) => where?.(kind) ?? true)
    .map(({ id, title, advice, values, apply }) => ({
      id,
      title,
      advice,
      values,
      compute: (probe, value) => program.run(probe, apply(program.right, value)),
    }));
