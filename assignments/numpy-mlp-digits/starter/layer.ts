/**
 * Sections 2.4, 3.3 and 3.4: one layer of a multilayer perceptron.
 */
import type { Activation, LayerGradients, Mat, Vec } from './contracts.ts';
import type { Rng } from './rng.ts';

export class MLPLayer {
  activation: Activation;
  /** inputSize × units, drawn small and at random from `rng`, e.g. normal with standard deviation 0.2. */
  weights: Mat = [];
  /** One number for each unit, 0 at first. */
  bias: Vec = [];

  /** 2.4. */
  constructor(activation: Activation, units: number, inputSize: number, rng: Rng) {
    this.activation = activation;
    throw new Error(`2.4 is not implemented yet: new MLPLayer(…, ${units}, ${inputSize}, ${typeof rng})`);
  }

  /** 2.4. activation(x · weights + bias); x is examples × inputSize, the result examples × units. */
  forward(x: Mat): Mat {
    throw new Error(`2.4 is not implemented yet: MLPLayer.forward(${x.length} rows)`);
  }

  /**
   * 3.3. The gradients from dPre = ∂L/∂preActivation (examples × units) and the input of the layer (examples × inputSize).
   * You get the pre-activations too, in case you want them.
   */
  weightsBackward(dPre: Mat, input: Mat, preActivation: Mat): LayerGradients {
    const rows = [dPre.length, input.length, preActivation.length];
    throw new Error(`3.3 is not implemented yet: MLPLayer.weightsBackward(${rows} rows)`);
  }

  /** 3.4. The same from errorSignal = ∂L/∂activation: through the activation, then through weights and bias. */
  backward(errorSignal: Mat, input: Mat, preActivation: Mat, activation: Mat): LayerGradients {
    const rows = [errorSignal.length, input.length, preActivation.length, activation.length];
    throw new Error(`3.4 is not implemented yet: MLPLayer.backward(${rows} rows)`);
  }
}
