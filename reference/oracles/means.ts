/** The constant nearest to a set of points. */
import type { Mat, Vec } from './linear-algebra.ts';
import { columnSums } from './linear-algebra.ts';

/** μ* = (1/n) Σ_i x_i minimises Σ_i ‖x_i − μ‖²: its gradient −2 Σ_i (x_i − μ) vanishes there, its Hessian is 2n·I. */
export const bestConstant = (xs: Mat): Vec => columnSums(xs).map((v) => v / xs.length);
