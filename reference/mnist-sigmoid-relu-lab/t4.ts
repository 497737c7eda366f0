/** Task T4: rectified linear units in the hidden layers. */
import type { Mat } from './arrays.ts';
import { each } from './arrays.ts';
import { MultiLayerPerceptron } from './perceptron.ts';
import type { Rng } from './rng.ts';

/** max(0, x) of every number, or with `deriv` its derivative: 1 for positive x and 0 otherwise. */
export function fRelu(X: Mat, deriv = false): Mat {
  return each(X, (x) => (deriv ? Number(x > 0) : Math.max(0, x)));
}

/** The given perceptron with fRelu in its hidden layers. Smaller weights than with sigmoids keep its first outputs moderate. */
export class MultiLayerPerceptronRelu extends MultiLayerPerceptron {
  constructor(layerConfig: readonly number[], batchSize: number, rng: Rng, initSd = 0.05) {
    super(layerConfig, batchSize, rng, initSd);
    for (const layer of this.layers) {
      if (layer.kind === 'hidden') layer.activation = fRelu;
    }
  }
}
