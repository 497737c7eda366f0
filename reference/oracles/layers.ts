/** Layers of a hand-written network: forward values, and gradients from the gradient dY that arrives from above. */
import type { ActivationName } from './activations.ts';
import { activations, softmaxVjp } from './activations.ts';
import type { Mat, Vec } from './linear-algebra.ts';
import { addRow, columnSums, mapMat, matmul, transpose, zipMat } from './linear-algebra.ts';

/** Y = X W + b. X: N×in, W: in×out, b: out. */
export const linearForward = (X: Mat, W: Mat, b: Vec): Mat => addRow(matmul(X, W), b);

interface LinearGradients {
  dX: Mat;
  dW: Mat;
  db: Vec;
}

/** dX = dY Wᵀ, dW = Xᵀ dY, db = Σ_i dY_i: summed over the batch, as the loss above has already divided where it is a mean. */
export const linearBackward = (X: Mat, W: Mat, dY: Mat): LinearGradients => ({
  dX: matmul(dY, transpose(W)),
  dW: matmul(transpose(X), dY),
  db: columnSums(dY),
});

/** f(Z), entry by entry. */
export const activationForward = (name: ActivationName, Z: Mat): Mat => mapMat(Z, activations[name].f);

/** dZ = dY ∘ f'(Z), where Z is the input of the layer, not its output. */
export const activationBackward = (name: ActivationName, Z: Mat, dY: Mat): Mat =>
  zipMat(dY, Z, (d, z) => d * activations[name].derivative(z));

/** dZ_i = p_i ∘ (g_i − ⟨g_i, p_i⟩) row by row, from the probabilities P and the gradient G after the softmax. */
export const softmaxBackward = (P: Mat, G: Mat): Mat => P.map((p, i) => softmaxVjp(p, G[i]!));
