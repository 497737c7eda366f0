/** Problem 4 (c): training by stochastic gradient descent. */
import * as tf from '@tensorflow/tfjs';
import type { Loaders } from './batches.ts';

export interface TrainingOptions {
  epochs: number;
  /** Step size of plain stochastic gradient descent. */
  learningRate: number;
}

/** One number for every epoch. */
export interface Progress {
  /** Mean of the losses of the epoch's batches, each taken before its own step. */
  trainLoss: number[];
  /** Mean of the losses of the test batches. */
  testLoss: number[];
  /** Share of test images that are classified rightly, 0 to 1. */
  testAcc: number[];
}

/**
 * Trains the model in place, one step for every training batch, and measures it on the test batches once an epoch.
 *
 * @param model   with outputs as yours of (b): logits or probabilities
 * @param loaders training and test batches
 */
export async function trainFashion(
  model: tf.Sequential,
  loaders: Loaders,
  options: TrainingOptions,
): Promise<Progress> {
  throw new Error(
    `P4c is not implemented yet: trainFashion(${model.name}, ${Object.keys(loaders)}, ${options.epochs})`,
  );
}
