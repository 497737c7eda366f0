/**
 * Question 1.4c: relu as a layer. Your functions of 1.2 will help:
 * import { relu, reluGrad } from './q1-2f.ts';
 */
import type { Mat } from './arrays.ts';
import type { Layer } from './net.ts';

/** relu of every number; a layer without parameters. */
export class ReLU implements Layer {
  forward(x: Mat): Mat {
    throw new Error(`1.4c is not implemented yet: ReLU.forward(${x.length} rows)`);
  }

  /** Gets the input x of the layer and ∂L/∂y; returns ∂L/∂x. */
  backward(x: Mat, dy: Mat): Mat {
    throw new Error(`1.4c is not implemented yet: ReLU.backward(${x.length} rows, ${dy.length} rows)`);
  }

  /** There is nothing to learn here; `step` still has to be callable. */
  step(stepSize: number): void {
    throw new Error(`1.4c is not implemented yet: ReLU.step(${stepSize})`);
  }
}
