/**
 * Question 1.2b: the sigmoid and its derivative, for one number, a vector or a matrix. `each` of arrays.ts may help:
 * import { each } from './arrays.ts';
 */
import type { Numbers } from './arrays.ts';

/** σ(x) of every number. */
export function sigmoid<T extends Numbers>(x: T): T {
  throw new Error(`1.2b is not implemented yet: sigmoid(${typeof x})`);
}

/** The derivative σ'(x) at every number. */
export function sigmoidGrad<T extends Numbers>(x: T): T {
  throw new Error(`1.2b is not implemented yet: sigmoidGrad(${typeof x})`);
}
