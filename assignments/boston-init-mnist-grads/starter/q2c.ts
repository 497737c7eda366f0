/**
 * Question 2c: weights by the rule of Glorot and Bengio.
 */
import * as tf from '@tensorflow/tfjs';

/**
 * Normal weights with mean 0 and Glorot's variance.
 *
 * @param shape the two sizes of the layer
 */
export function glorotNormal(shape: [number, number], seed?: number): tf.Variable {
  throw new Error(`Q2c is not implemented yet: glorotNormal([${shape}], ${seed})`);
}

/**
 * Uniform weights with mean 0 and Glorot's variance.
 *
 * @param shape the two sizes of the layer
 */
export function glorotUniform(shape: [number, number], seed?: number): tf.Variable {
  throw new Error(`Q2c is not implemented yet: glorotUniform([${shape}], ${seed})`);
}
