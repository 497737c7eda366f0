/**
 * Question 1.2f: the rectifier, its derivative, and a check of the derivative by finite differences.
 */
import type { Numbers, Vec } from './arrays.ts';

/** relu(x) of every number; x stays as it is. */
export function relu<T extends Numbers>(x: T): T {
  throw new Error(`1.2f is not implemented yet: relu(${typeof x})`);
}

/** The derivative of relu at every number; at 0 any number from 0 to 1 will do. */
export function reluGrad<T extends Numbers>(x: T): T {
  throw new Error(`1.2f is not implemented yet: reluGrad(${typeof x})`);
}

/** The central difference quotient of `relu` at every x, with the given epsilon. */
export function reluGradNumerical(x: Vec, epsilon: number): Vec {
  throw new Error(`1.2f is not implemented yet: reluGradNumerical(${typeof x}, ${epsilon})`);
}
