/**
 * Question 3c: gradients of the last dense layer, written with tensor operations only.
 */
import * as tf from '@tensorflow/tfjs';

/**
 * Gradient of the mean categorical cross-entropy with respect to the kernel and the bias of the last dense layer.
 *
 * @param model  a classifier as in Question 3a; sizes and the number of layers may differ, the last activation is softmax
 * @param inputs a batch of B images, shape [B, rows, columns]
 * @param yTrue  the targets, shape [B, classes]; every row sums to 1
 * @returns the gradient of the kernel, shape [units, classes], and of the bias, shape [classes]
 */
export function grads(model: tf.Sequential, inputs: tf.Tensor3D, yTrue: tf.Tensor2D): [tf.Tensor2D, tf.Tensor1D] {
  throw new Error(`Q3c is not implemented yet: grads(${model.name}, [${inputs.shape}], [${yTrue.shape}])`);
}
