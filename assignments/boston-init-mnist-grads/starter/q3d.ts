/**
 * Question 3d: the gradients on the first 16 training examples. Import your own function for this:
 * import { grads } from './q3c.ts';
 */
import * as tf from '@tensorflow/tfjs';

/** The two gradients as plain numbers. */
export interface First16 {
  /** Gradient of the last kernel: units × classes. */
  gradsW2: number[][];
  /** Gradient of the last bias: one number for each class. */
  gradsB2: number[];
}

/**
 * Calls `grads` on the first 16 examples, in their order, and returns the result as plain arrays.
 *
 * @param model  the classifier, as it is: do not train it here
 * @param xTrain all training images, shape [n, rows, columns] with n ≥ 16
 * @param yTrain their targets, shape [n, classes]
 */
export async function first16(model: tf.Sequential, xTrain: tf.Tensor3D, yTrain: tf.Tensor2D): Promise<First16> {
  throw new Error(`Q3d is not implemented yet: first16(${model.name}, [${xTrain.shape}], [${yTrain.shape}])`);
}
