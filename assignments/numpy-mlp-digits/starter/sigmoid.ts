/**
 * Sections 2.2 and 3.2: the sigmoid, forwards and backwards.
 */
import type { Activation, Mat } from './contracts.ts';

export class Sigmoid implements Activation {
  /** 2.2. 1 / (1 + exp(−x)) of every entry, in the shape of x (examples × units). */
  call(x: Mat): Mat {
    throw new Error(`2.2 is not implemented yet: Sigmoid.call(${x.length} rows)`);
  }

  /** 3.2. ∂L/∂preActivation from the error signal ∂L/∂activation. All arguments have the same shape. */
  backward(preActivation: Mat, activation: Mat, errorSignal: Mat): Mat {
    const rows = [preActivation.length, activation.length, errorSignal.length];
    throw new Error(`3.2 is not implemented yet: Sigmoid.backward(${rows} rows)`);
  }
}
