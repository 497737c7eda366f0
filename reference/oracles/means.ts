/** The squared norm, and the constant nearest to a set of points. */
import type { Mat, Vec } from './linear-algebra.ts';
import { columnSums, dot } from './linear-algebra.ts';

/** ‖x‖² = Σ_j x_j². */
export const squaredNorm = (x: Vec): number => dot(x, x);

/** ∇‖x‖² = 2x. */
export const squaredNormGradient = (x: Vec): Vec => x.map((v) => 2 * v);

/** Σ_i ‖x_i − μ‖². */
export const sumOfSquares = (xs: Mat, mu: Vec): number =>
  xs.reduce((total, x) => total + squaredNorm(x.map((v, j) => v - mu[j]!)), 0);

/** ∇_μ = −2 Σ_i (x_i − μ); the Hessian is 2n·I, so the stationary point is the minimum. */
export const sumOfSquaresGradient = (xs: Mat, mu: Vec): Vec =>
  columnSums(xs.map((x) => x.map((v, j) => v - mu[j]!))).map((v) => -2 * v);

/** μ* = (1/n) Σ_i x_i. */
export const bestConstant = (xs: Mat): Vec => columnSums(xs).map((v) => v / xs.length);
