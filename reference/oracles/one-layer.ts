/** Logistic regression on one sample: ŷ = σ(x·w + b) with the binary cross-entropy. */
import type { Vec } from './linear-algebra.ts';
import { dot } from './linear-algebra.ts';
import { binaryCrossEntropyOfLogit, binaryCrossEntropyOfLogitGradient } from './losses.ts';

interface OneLayer {
  loss: number;
  gradX: Vec;
  gradW: Vec;
  gradB: number;
}

/** L = −y ln ŷ − (1−y) ln(1−ŷ); ∂L/∂x = (ŷ−y) w, ∂L/∂w = (ŷ−y) x, ∂L/∂b = ŷ−y. */
export function oneLayer(w: Vec, b: number, x: Vec, y: number): OneLayer {
  const h = dot(x, w) + b;
  const delta = binaryCrossEntropyOfLogitGradient(h, y);
  return {
    loss: binaryCrossEntropyOfLogit(h, y),
    gradX: w.map((v) => delta * v),
    gradW: x.map((v) => delta * v),
    gradB: delta,
  };
}
