/**
 * Backpropagation through a fully connected network, written so that every step which students get wrong is a rule of
 * its own. With the right rules it gives the gradient of the loss; a known mistake replaces one or a few rules.
 *
 *   forward    a⁰ = X,  zˡ = aˡ⁻¹ Wˡ + bˡ,  aˡ = f(zˡ),  P = output(zᴸ)
 *   backward   δ = ∂ℓ/∂zᴸ,  ∂L/∂Wˡ = aˡ⁻¹ᵀ δ / N,  ∂L/∂bˡ = Σ δ / N,  δ ← (δ Wˡᵀ) ∘ f′(zˡ⁻¹)
 *
 * (Rumelhart, Hinton and Williams 1986; rows are samples, N becomes 1 where the task sums over the batch.)
 */
import type { ActivationName } from '../../../reference/oracles/activations.ts';
import { activations, sigmoid, softmaxRows } from '../../../reference/oracles/activations.ts';
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
import type { Reduction } from '../../../reference/oracles/losses.ts';
import { scaleVec, times } from './matrix.ts';

/** The output activation with the loss that belongs to it: cross-entropies, and the squared error averaged over outputs. */
export type OutputKind = 'softmax-cce' | 'sigmoid-bce' | 'linear-mse';

/** One question: which gradient, at which weights, on which batch. */
export interface MlpCase {
  /** W¹ … Wᴸ, each inputs×outputs. */
  W: Mat[];
  b: Vec[];
  hidden: ActivationName;
  output: OutputKind;
  /** N×inputs. */
  X: Mat;
  /** N×outputs: one-hot rows or soft labels, 0/1 for sigmoid, any number for linear. */
  Y: Mat;
  /** Whether the right loss is the mean (default) or the sum over the batch. */
  reduction?: Reduction;
  /** Step size, where the task has one: mistakes that confuse gradient and update need it. */
  learningRate?: number;
}

interface Batch {
  X: Mat;
  Y: Mat;
}

/** Gradients per layer. */
export interface Gradients {
  W: Mat[];
  b: Vec[];
}

/** What the output layer holds when δ is formed. */
export interface OutputState {
  z: Mat;
  p: Mat;
  y: Mat;
}

/** A hidden layer during the backward pass; `index` is 0 for the first layer of weights. */
export interface LayerState {
  index: number;
  z: Mat;
  a: Mat;
}

export interface MlpRules {
  /** The samples and labels that take part. */
  batch(net: MlpCase): Batch;
  /** z from the layer's input. */
  affine(input: Mat, net: MlpCase, index: number): Mat;
  /** f(z) of a hidden layer. */
  activate(z: Mat, net: MlpCase, index: number): Mat;
  /** P(z) of the output layer. */
  output(z: Mat, net: MlpCase): Mat;
  /** ∂ℓ/∂z of the output layer, one row a sample. */
  delta(state: OutputState, net: MlpCase): Mat;
  /** What a layer is thought to have received: aˡ⁻¹. `z` is absent for the first layer. */
  layerInput(a: Mat, z: Mat | undefined, net: MlpCase): Mat;
  /** Sum over the samples of input ⊗ δ. */
  weightGradient(input: Mat, delta: Mat): Mat;
  /** Sum over the samples of δ. */
  biasGradient(delta: Mat, input: Mat): Vec;
  /** What the weight gradient is divided by. */
  weightDivisor(net: MlpCase, index: number): number;
  /** What the bias gradient is divided by. */
  biasDivisor(net: MlpCase, index: number): number;
  /** ∂ℓ/∂aˡ⁻¹ = δ Wˡᵀ. */
  passBack(delta: Mat, net: MlpCase, index: number, weightGradient: Mat): Mat;
  /** f′(z) of a hidden layer. */
  slope(layer: LayerState, net: MlpCase): Mat;
  /** δ of a hidden layer from what came back and f′. */
  join(up: Mat, slope: Mat, layer: LayerState, net: MlpCase): Mat;
  /** The last touch on all gradients. */
  finish(gradients: Gradients, net: MlpCase): Gradients;
}

const batchDivisor = (net: MlpCase): number => (net.reduction === 'sum' ? 1 : net.X.length);

export const rightRules: MlpRules = {
  batch: (net) => ({ X: net.X, Y: net.Y }),
  affine: (input, net, index) => addRow(matmul(input, net.W[index]!), net.b[index]!),
  activate: (z, net) => mapMat(z, activations[net.hidden].f),
  output: (z, net) => {
    if (net.output === 'softmax-cce') return softmaxRows(z);
    return net.output === 'sigmoid-bce' ? mapMat(z, sigmoid) : z;
  },
  delta: ({ p, y }, net) => {
    if (net.output === 'linear-mse') return zipMat(p, y, (pj, yj) => (2 / net.Y[0]!.length) * (pj - yj));
    if (net.output === 'sigmoid-bce') return zipMat(p, y, (pj, yj) => pj - yj);
    return p.map((row, i) => row.map((pj, j) => pj * sum(y[i]!) - y[i]![j]!));
  },
  layerInput: (a) => a,
  weightGradient: (input, delta) => matmul(transpose(input), delta),
  biasGradient: (delta) => columnSums(delta),
  weightDivisor: batchDivisor,
  biasDivisor: batchDivisor,
  passBack: (delta, net, index) => matmul(delta, transpose(net.W[index]!)),
  slope: ({ z }, net) => mapMat(z, activations[net.hidden].derivative),
  join: (up, slope) => times(up, slope),
  finish: (gradients) => gradients,
};

/** The forward pass: z of every layer, a with the input first, and the labels that take part. */
export interface Pass {
  z: Mat[];
  a: Mat[];
  Y: Mat;
}

export function forwardPass(net: MlpCase, rules: MlpRules): Pass {
  const { X, Y } = rules.batch(net);
  const last = net.W.length - 1;
  const a: Mat[] = [X];
  const z: Mat[] = [];
  net.W.forEach((_, index) => {
    z[index] = rules.affine(a[index]!, net, index);
    a[index + 1] = index < last ? rules.activate(z[index], net, index) : rules.output(z[index], net);
  });
  return { z, a, Y };
}

/** Gradients of the loss by these rules, from the last layer down to layer `lowest` (0 is the first). */
export function backprop(net: MlpCase, rules: MlpRules, lowest = 0, pass = forwardPass(net, rules)): Gradients {
  const { z, a, Y } = pass;
  if (Y.length === 0) return zeros(net);
  const last = net.W.length - 1;
  const gradients: Gradients = { W: [], b: [] };
  let delta = rules.delta({ z: z[last]!, p: a[last + 1]!, y: Y }, net);
  for (let index = last; index >= lowest; index--) {
    const input = rules.layerInput(a[index]!, z[index - 1], net);
    const W = scaleMat(rules.weightGradient(input, delta), 1 / rules.weightDivisor(net, index));
    gradients.W[index] = W;
    gradients.b[index] = scaleVec(rules.biasGradient(delta, input), 1 / rules.biasDivisor(net, index));
    if (index === lowest) break;
    const below: LayerState = { index: index - 1, z: z[index - 1]!, a: a[index]! };
    delta = rules.join(rules.passBack(delta, net, index, W), rules.slope(below, net), below, net);
  }
  return rules.finish(gradients, net);
}

/** What a loop over no samples leaves in its accumulators. */
const zeros = ({ W, b }: MlpCase): Gradients => ({
  W: W.map((matrix) => scaleMat(matrix, 0)),
  b: b.map((bias) => scaleVec(bias, 0)),
});

/** Whether these rules leave the forward pass as it is, so that its result can be shared. */
export const isForwardRight = (rules: MlpRules): boolean =>
  (['batch', 'affine', 'activate', 'output'] as const).every((rule) => rules[rule] === rightRules[rule]);
