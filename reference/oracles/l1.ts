/** Least absolute deviations: ‖Xw − y‖₁. X: n×d, w: d, y: n. */
import type { Mat, Vec } from './linear-algebra.ts';
import { dot } from './linear-algebra.ts';

/** r_i = x_iᵀw − y_i. */
export const residuals = (X: Mat, w: Vec, y: Vec): Vec => X.map((x, i) => dot(x, w) - y[i]!);

/** L(w) = Σ_i |x_iᵀw − y_i|. */
export const l1Loss = (X: Mat, w: Vec, y: Vec): number =>
  residuals(X, w, y).reduce((total, r) => total + Math.abs(r), 0);

/** Xᵀ sign(Xw − y), with sign(0) = 0; where a residual is 0 any value in [−1, 1] gives a subgradient too. */
export function l1Subgradient(X: Mat, w: Vec, y: Vec): Vec {
  const signs = residuals(X, w, y).map(Math.sign);
  return w.map((_, j) => X.reduce((total, x, i) => total + x[j]! * signs[i]!, 0));
}
