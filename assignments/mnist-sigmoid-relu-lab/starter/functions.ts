/** Given. The activation functions of the lab, for a whole batch at once: one row for each image. */
import type { Mat } from './arrays.ts';
import { each } from './arrays.ts';

/** An activation of hidden units: f(X), or with `deriv` its derivative f'(X), number by number. */
export type Activation = (X: Mat, deriv?: boolean) => Mat;

/** σ(x) = 1 / (1 + e^−x), or its derivative σ(x)(1 − σ(x)). */
export function fSigmoid(X: Mat, deriv = false): Mat {
  const sigmoid = each(X, (x) => 1 / (1 + Math.exp(-x)));
  return deriv ? each(sigmoid, (s) => s * (1 - s)) : sigmoid;
}

/** e^x_j / Σ_k e^x_k in every row. The largest x of a row is subtracted first, so that nothing overflows. */
export function fSoftmax(X: Mat): Mat {
  return X.map((row) => {
    const largest = Math.max(...row);
    const powers = row.map((x) => Math.exp(x - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  });
}
