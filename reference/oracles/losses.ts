/** Losses and their gradients with respect to the prediction. Rows are samples. */
import { logSoftmax, sigmoid } from './activations.ts';
import type { Mat, Vec } from './linear-algebra.ts';
import { sum, zipMat } from './linear-algebra.ts';

/** How per-sample losses become one number. */
export type Reduction = 'mean' | 'sum';

/** Σ_i ℓ_i, or (1/N) Σ_i ℓ_i. */
export const reduce = (perSample: Vec, reduction: Reduction): number =>
  reduction === 'sum' ? sum(perSample) : sum(perSample) / perSample.length;

/** ℓ_i = −Σ_k y_ik ln p_ik, for soft labels too; a term with y = 0 counts 0 even where p = 0. */
export const categoricalCrossEntropy = (P: Mat, Y: Mat): Vec =>
  zipMat(P, Y, (p, y) => (y === 0 ? 0 : -y * Math.log(p))).map(sum);

/** ∂ℓ_i/∂p_ik = −y_ik / p_ik. */
export const categoricalCrossEntropyGradient = (P: Mat, Y: Mat): Mat => zipMat(P, Y, (p, y) => (y === 0 ? 0 : -y / p));

/** ℓ_i = −Σ_k y_ik (z_ik − log Σ_j e^{z_ij}): finite for any logits. */
export const categoricalCrossEntropyOfLogits = (Z: Mat, Y: Mat): Vec =>
  zipMat(Z.map(logSoftmax), Y, (logp, y) => (y === 0 ? 0 : -y * logp)).map(sum);

/** L(p, y) = −y ln p − (1−y) ln(1−p). */
export const binaryCrossEntropy = (p: number, y: number): number =>
  (y === 0 ? 0 : -y * Math.log(p)) - (y === 1 ? 0 : (1 - y) * Math.log1p(-p));

/** ∂L/∂p = −y/p + (1−y)/(1−p) = (p − y) / (p (1−p)). */
export const binaryCrossEntropyGradient = (p: number, y: number): number => (p - y) / (p * (1 - p));

/** L(σ(z), y) = max(z, 0) − z y + ln(1 + e^−|z|): finite for any logit. */
export const binaryCrossEntropyOfLogit = (z: number, y: number): number =>
  Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));

/** ∂L(σ(z), y)/∂z = σ(z) − y. */
export const binaryCrossEntropyOfLogitGradient = (z: number, y: number): number => sigmoid(z) - y;

/** ℓ_i = (1/K) Σ_k (p_ik − y_ik)², K outputs. */
export const meanSquaredError = (P: Mat, Y: Mat): Vec =>
  zipMat(P, Y, (p, y) => (p - y) ** 2).map((row) => sum(row) / row.length);

/** ∂ℓ_i/∂p_ik = (2/K)(p_ik − y_ik). */
export const meanSquaredErrorGradient = (P: Mat, Y: Mat): Mat => {
  const K = P[0]?.length ?? 1;
  return zipMat(P, Y, (p, y) => (2 / K) * (p - y));
};
