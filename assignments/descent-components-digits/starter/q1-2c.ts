/**
 * Question 1.2c: the derivative of your sigmoid by finite differences:
 * import { sigmoid } from './q1-2b.ts';
 */
import type { Vec } from './arrays.ts';

/** The central difference quotient of `sigmoid` at every x, with the given epsilon. */
export function sigmoidGradNumerical(x: Vec, epsilon: number): Vec {
  throw new Error(`1.2c is not implemented yet: sigmoidGradNumerical(${typeof x}, ${epsilon})`);
}
