/**
 * Sections 2.5 and 3.5: the whole network, forwards, and backwards with an update of the weights.
 */
import type { BackwardResult, Mat } from './contracts.ts';
import type { MLPLayer } from './layer.ts';
import type { Rng } from './rng.ts';

export class MLP {
  /** The first layer first. */
  layers: MLPLayer[] = [];

  /** 2.5. `sizes` begins with the number of inputs: [64, 32, 10] has two layers. Sigmoid everywhere, Softmax at the end. */
  constructor(sizes: number[], rng: Rng) {
    throw new Error(`2.5 is not implemented yet: new MLP([${sizes}], ${typeof rng})`);
  }

  /** 2.5. Predictions for a mini-batch: examples × 64 in, examples × 10 out. */
  forward(x: Mat): Mat {
    throw new Error(`2.5 is not implemented yet: MLP.forward(${x.length} rows)`);
  }

  /**
   * 3.5. One step of gradient descent on a mini-batch. All gradients are computed with the old weights; then every weight
   * and bias moves by −lr · gradient.
   */
  backward(x: Mat, target: Mat, lr: number): BackwardResult {
    throw new Error(`3.5 is not implemented yet: MLP.backward(${x.length} rows, ${target.length} rows, ${lr})`);
  }
}
