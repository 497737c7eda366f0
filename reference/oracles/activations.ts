/** Activation functions and their derivatives with respect to the pre-activation z. */
import type { Mat, Vec } from './linear-algebra.ts';
import { dot } from './linear-algebra.ts';

/** σ(z) = 1 / (1 + e^−z), written so that e^|z| never overflows. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** σ'(z) = σ(z) (1 − σ(z)) = σ(z) σ(−z); the second form keeps its digits for large z. */
export const sigmoidPrime = (z: number): number => sigmoid(z) * sigmoid(-z);

const tanh = (z: number): number => Math.tanh(z);

/** tanh'(z) = 1 − tanh²(z) = 1 / cosh²(z). */
export const tanhPrime = (z: number): number => 1 / Math.cosh(z) ** 2;

/** relu(z) = max(0, z). */
export const relu = (z: number): number => Math.max(0, z);

/** relu'(z) = 1 for z > 0, 0 for z < 0; 0 is chosen at the kink, where anything in [0, 1] is right. */
export const reluPrime = (z: number): number => (z > 0 ? 1 : 0);

/** swish(z) = z σ(z). */
const swish = (z: number): number => z * sigmoid(z);

/** swish'(z) = σ(z) + z σ'(z). */
const swishPrime = (z: number): number => sigmoid(z) + z * sigmoidPrime(z);

export type ActivationName = 'sigmoid' | 'tanh' | 'relu' | 'swish' | 'linear';

interface Activation {
  f(z: number): number;
  derivative(z: number): number;
}

export const activations: Readonly<Record<ActivationName, Activation>> = {
  sigmoid: { f: sigmoid, derivative: sigmoidPrime },
  tanh: { f: tanh, derivative: tanhPrime },
  relu: { f: relu, derivative: reluPrime },
  swish: { f: swish, derivative: swishPrime },
  linear: { f: (z) => z, derivative: () => 1 },
};

/** log Σ_k e^{z_k} = m + log Σ_k e^{z_k − m}, m = max z. */
function logSumExp(z: Vec): number {
  const m = Math.max(...z);
  return m + Math.log(z.reduce((total, v) => total + Math.exp(v - m), 0));
}

/** log p_j = z_j − log Σ_k e^{z_k}. */
export function logSoftmax(z: Vec): Vec {
  const norm = logSumExp(z);
  return z.map((v) => v - norm);
}

/** p_j = e^{z_j − m} / Σ_k e^{z_k − m}, m = max z. */
export function softmax(z: Vec): Vec {
  const m = Math.max(...z);
  const e = z.map((v) => Math.exp(v - m));
  const total = e.reduce((a, b) => a + b, 0);
  return e.map((v) => v / total);
}

/** Softmax of each row. */
export const softmaxRows = (Z: Mat): Mat => Z.map(softmax);

/** Jᵀg = p ∘ (g − ⟨g, p⟩): the gradient before the softmax from the gradient g after it. */
export function softmaxVjp(p: Vec, g: Vec): Vec {
  const mean = dot(g, p);
  return p.map((pj, j) => pj * (g[j]! - mean));
}
