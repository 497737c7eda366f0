/** Problem 4 (f): a few test images with the probabilities that the model gives them. */
import * as tf from '@tensorflow/tfjs';
import type { ImageSet } from './batches.ts';

export interface Sample {
  /** Position of the image in the set. */
  index: number;
  /** Its label. */
  label: number;
  /** The most probable class. */
  pred: number;
  /** Ten probabilities. */
  probs: number[];
}

/**
 * k different test images at random.
 *
 * @param model  with outputs as yours of (b): logits or probabilities
 * @param test   all test images
 * @param k      how many
 * @param seed   equal seeds give equal samples
 */
export async function sampleProbs(model: tf.Sequential, test: ImageSet, k = 3, seed = 1): Promise<Sample[]> {
  throw new Error(`P4f is not implemented yet: sampleProbs(${model.name}, ${test.labels.length}, ${k}, ${seed})`);
}
