/**
 * Question 2a: one random input through a deep tanh network with standard normal weights.
 */
import * as tf from '@tensorflow/tfjs';

/** The parameters of a network, first layer first. */
export interface Parameters {
  weights: tf.Variable[];
  biases: tf.Variable[];
}

/**
 * Weights from N(0, 1) and biases of zero.
 *
 * @param sizes units of the input and of every layer, e.g. [1024, 8192, 8192, 8192, 4096, 4096]
 * @param seed  equal seeds give equal weights, and no two layers share theirs
 */
export function initStandardNormal(sizes: number[], seed?: number): Parameters {
  throw new Error(`Q2a is not implemented yet: initStandardNormal([${sizes}], ${seed})`);
}

/** An input of n independent draws with mean 0 and variance 1/2. */
export function sampleInput(n: number, seed?: number): tf.Tensor {
  throw new Error(`Q2a is not implemented yet: sampleInput(${n}, ${seed})`);
}

/**
 * The activations tanh(W h + b) of every layer, the last one included, the input left out.
 *
 * @param x one input, as sampleInput makes it
 */
export function layerActivations(x: tf.Tensor, weights: tf.Variable[], biases: tf.Variable[]): tf.Tensor[] {
  throw new Error(
    `Q2a is not implemented yet: layerActivations([${x.shape}], ${weights.length} weights, ${biases.length} biases)`,
  );
}
