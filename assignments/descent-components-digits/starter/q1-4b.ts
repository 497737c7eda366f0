/**
 * Question 1.4b: σ as a layer. Your functions of 1.2 will help:
 * import { sigmoid, sigmoidGrad } from './q1-2b.ts';
 */
import type { Mat } from './arrays.ts';
import type { Layer } from './net.ts';

/** σ of every number; a layer without parameters. */
export class Sigmoid implements Layer {
  forward(x: Mat): Mat {
    throw new Error(`1.4b is not implemented yet: Sigmoid.forward(${x.length} rows)`);
  }

  /** Gets the input x of the layer and ∂L/∂y; returns ∂L/∂x. */
  backward(x: Mat, dy: Mat): Mat {
    throw new Error(`1.4b is not implemented yet: Sigmoid.backward(${x.length} rows, ${dy.length} rows)`);
  }

  /** There is nothing to learn here; `step` still has to be callable. */
  step(stepSize: number): void {
    throw new Error(`1.4b is not implemented yet: Sigmoid.step(${stepSize})`);
  }
}
