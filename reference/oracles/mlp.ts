/**
 * A multilayer perceptron with every intermediate value of its forward and backward pass.
 *
 *   a⁰ = X,  z^l = a^{l−1} W^l + b^l,  a^l = f(z^l) for l < L,  a^L = softmax(z^L) or z^L
 *
 * Matrices are inputs×outputs, rows are samples, layers count from 0 in the arrays: W[0] is W¹, z[0] is z¹, but a[0] is X.
 */
import type { ActivationName } from './activations.ts';
import { activations, softmaxRows } from './activations.ts';
import type { Mat, Vec } from './linear-algebra.ts';
import { addRow, columnSums, matmul, scaleMat, transpose, zipMat, mapMat } from './linear-algebra.ts';
import type { Reduction } from './losses.ts';
import {
  categoricalCrossEntropyGradient,
  categoricalCrossEntropyOfLogits,
  meanSquaredError,
  meanSquaredErrorGradient,
  reduce,
} from './losses.ts';

export interface Mlp {
  W: Mat[];
  b: Vec[];
  /** The activation of every hidden layer. */
  hidden: ActivationName;
  /** Softmax with categorical cross-entropy, or a linear output with the squared error averaged over the outputs. */
  output: 'softmax-cce' | 'linear-mse';
}

interface Forward {
  /** z[l−1] = z^l, l = 1..L. */
  z: Mat[];
  /** a[l] = a^l, l = 0..L; a[0] is the input. */
  a: Mat[];
}

export interface Backward extends Forward {
  loss: number;
  perSampleLoss: Vec;
  /** dz[l−1] = ∂L/∂z^l. */
  dz: Mat[];
  /** da[l] = ∂L/∂a^l, l = 0..L; da[0] is the gradient of the input. */
  da: Mat[];
  dW: Mat[];
  db: Vec[];
}

/** All pre-activations and activations of the batch X (N×inputs). */
export function forward(net: Mlp, X: Mat): Forward {
  const z: Mat[] = [];
  const a: Mat[] = [X];
  net.W.forEach((W, l) => {
    const zl = addRow(matmul(a[l]!, W), net.b[l]!);
    z.push(zl);
    a.push(l < net.W.length - 1 ? mapMat(zl, activations[net.hidden].f) : outputOf(net, zl));
  });
  return { z, a };
}

const outputOf = (net: Mlp, z: Mat): Mat => (net.output === 'softmax-cce' ? softmaxRows(z) : z);

/** ℓ_i of each sample, from the logits where the output is a softmax, so that it is finite. */
function perSampleLoss(net: Mlp, pass: Forward, Y: Mat): Vec {
  const last = pass.z[pass.z.length - 1]!;
  return net.output === 'softmax-cce' ? categoricalCrossEntropyOfLogits(last, Y) : meanSquaredError(last, Y);
}

/** The loss of the batch. */
export const loss = (net: Mlp, X: Mat, Y: Mat, reduction: Reduction = 'mean'): number =>
  reduce(perSampleLoss(net, forward(net, X), Y), reduction);

/**
 * Backpropagation, with s = 1/N for the mean and 1 for the sum:
 *   softmax + cross-entropy  ∂L/∂z^L = s (a^L Σ_k y_k − Y)     (Σ_k y_k = 1 for labels that are distributions)
 *   linear + squared error   ∂L/∂z^L = s (2/K) (a^L − Y)
 *   ∂L/∂W^l = (a^{l−1})ᵀ ∂L/∂z^l,  ∂L/∂b^l = Σ_i ∂L/∂z^l_i,  ∂L/∂a^{l−1} = ∂L/∂z^l (W^l)ᵀ,  ∂L/∂z^l = ∂L/∂a^l ∘ f'(z^l)
 * To the weights alone ∂L/∂a^0 is left out, which is most of the work where inputs are images, and nothing to who trains.
 */
export function backward(
  net: Mlp,
  X: Mat,
  Y: Mat,
  reduction: Reduction = 'mean',
  to: 'inputs' | 'weights' = 'inputs',
): Backward {
  const pass = forward(net, X);
  const L = net.W.length;
  const s = reduction === 'mean' ? 1 / X.length : 1;
  const P = pass.a[L]!;
  const dz: Mat[] = [];
  const da: Mat[] = [];
  const dW: Mat[] = [];
  const db: Vec[] = [];
  da[L] = scaleMat(outputGradient(net, P, Y), s);
  dz[L - 1] = scaleMat(net.output === 'softmax-cce' ? softmaxDelta(P, Y) : outputGradient(net, P, Y), s);
  for (let l = L - 1; l >= 0; l--) {
    dW[l] = matmul(transpose(pass.a[l]!), dz[l]!);
    db[l] = columnSums(dz[l]!);
    if (l > 0 || to === 'inputs') da[l] = matmul(dz[l]!, transpose(net.W[l]!));
    if (l > 0) dz[l - 1] = zipMat(da[l]!, pass.z[l - 1]!, (g, z) => g * activations[net.hidden].derivative(z));
  }
  const each = perSampleLoss(net, pass, Y);
  return { ...pass, loss: reduce(each, reduction), perSampleLoss: each, dz, da, dW, db };
}

/** ∂ℓ/∂z_j = p_j Σ_k y_k − y_j. */
const softmaxDelta = (P: Mat, Y: Mat): Mat =>
  P.map((p, i) => {
    const mass = Y[i]!.reduce((total, y) => total + y, 0);
    return p.map((pj, j) => pj * mass - Y[i]![j]!);
  });

const outputGradient = (net: Mlp, P: Mat, Y: Mat): Mat =>
  net.output === 'softmax-cce' ? categoricalCrossEntropyGradient(P, Y) : meanSquaredErrorGradient(P, Y);
