/**
 * Question 3a: the MNIST classifier and its training tensors.
 */
import * as tf from '@tensorflow/tfjs';

/**
 * The untrained network: images of 28×28 pixels, two hidden layers of 64 sigmoid units, a softmax over 10 classes.
 */
export function buildMnistModel(): tf.Sequential {
  throw new Error('Q3a is not implemented yet: buildMnistModel()');
}

/**
 * Raw MNIST bytes become training tensors, in the order in which they come.
 *
 * @param images n·28·28 grey values from 0 to 255, image after image, row after row
 * @param labels n digits from 0 to 9
 * @returns xTrain of shape [n, 28, 28] with values from 0 to 1, and yTrain of shape [n, 10], one-hot
 */
export function prepare(images: Uint8Array, labels: Uint8Array): { xTrain: tf.Tensor3D; yTrain: tf.Tensor2D } {
  throw new Error(`Q3a is not implemented yet: prepare(${images.length} bytes, ${labels.length} labels)`);
}
