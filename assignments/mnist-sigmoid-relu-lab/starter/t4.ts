/** Task T4: rectified linear units in the hidden layers; the output layer keeps its softmax. */
import type { Mat } from './arrays.ts';
import { MultiLayerPerceptron } from './perceptron.ts';
import type { Rng } from './rng.ts';

/** max(0, x) of every number, or with `deriv` its derivative. */
export function fRelu(X: Mat, deriv = false): Mat {
  throw new Error(`fRelu is not implemented yet: ${X.length} rows, deriv ${deriv}`);
}

/** The given perceptron with fRelu in place of fSigmoid; it answers to the same calls. */
export class MultiLayerPerceptronRelu extends MultiLayerPerceptron {
  constructor(layerConfig: readonly number[], batchSize: number, rng: Rng, initSd = 0.05) {
    super(layerConfig, batchSize, rng, initSd);
    throw new Error('MultiLayerPerceptronRelu is not implemented yet');
  }
}
