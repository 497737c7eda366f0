/**
 * Sections 2.6 and 3.1: the categorical cross-entropy, forwards and backwards.
 */
import type { Mat, Vec } from './contracts.ts';

export class CCE {
  /**
   * Set this to true if your `backward` already returns the derivative with respect to the input of the softmax,
   * prediction − target, and your Softmax passes that on as it is.
   */
  combined = false;

  /** 2.6. −Σ target · log(prediction) for every example; rows of `target` are one-hot. */
  call(prediction: Mat, target: Mat): Vec {
    throw new Error(`2.6 is not implemented yet: CCE.call(${prediction.length} rows, ${target.length} rows)`);
  }

  /** 3.1. The derivative of the loss with respect to every entry of the prediction, in the shape of the prediction. */
  backward(prediction: Mat, target: Mat): Mat {
    throw new Error(`3.1 is not implemented yet: CCE.backward(${prediction.length} rows, ${target.length} rows)`);
  }
}
