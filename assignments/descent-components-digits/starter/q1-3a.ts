/**
 * Question 1.3a: a model of one layer for one example. Your functions of 1.2 will help:
 * import { sigmoid, sigmoidGrad } from './q1-2b.ts';
 * import { bceLoss, bceLossGrad } from './q1-2k.ts';
 */
import type { Vec } from './arrays.ts';

/**
 * The loss of the prediction σ(x·w + b) for the target y, and its gradient with respect to x.
 *
 * @param w the weights, as many as there are inputs
 * @param b the bias
 * @param x one example
 * @param y its target, 0 or 1
 */
export function oneLayer(w: Vec, b: number, x: Vec, y: number): { loss: number; gradX: Vec } {
  throw new Error(`1.3a is not implemented yet: oneLayer(${w.length} weights, ${b}, ${x.length} inputs, ${y})`);
}
