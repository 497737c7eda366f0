/**
 * Sections 2.3 and 3.4: the softmax, forwards and backwards.
 */
import type { Activation, Mat } from './contracts.ts';

export class Softmax implements Activation {
  /** 2.3. exp(x) over its sum, row by row; finite for large x too. */
  call(x: Mat): Mat {
    throw new Error(`2.3 is not implemented yet: Softmax.call(${x.length} rows)`);
  }

  /**
   * ∂L/∂preActivation from the error signal ∂L/∂activation: every output depends on every input of its row. (With
   * `combined = true` in your CCE the error signal is passed on as it is.)
   */
  backward(preActivation: Mat, activation: Mat, errorSignal: Mat): Mat {
    const rows = [preActivation.length, activation.length, errorSignal.length];
    throw new Error(`3.4 is not implemented yet: Softmax.backward(${rows} rows)`);
  }
}
