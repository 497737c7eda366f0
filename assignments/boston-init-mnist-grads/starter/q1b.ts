/**
 * Question 1b: the regression network, and training that stops early and keeps the best weights.
 */
import * as tf from '@tensorflow/tfjs';

/** A batch: features [b, features] and targets [b] or [b, 1]. */
export type Batch = { xs: tf.Tensor; ys: tf.Tensor };

/** Epochs count from 0: they are indices into the four series of the history. */
export interface Training {
  history: { loss: number[]; valLoss: number[]; mae: number[]; valMae: number[] };
  /** The epoch with the smallest validation MAE. */
  bestEpoch: number;
  /** The last epoch that was run. */
  stoppedEpoch: number;
  /** On the validation data, with the best weights. */
  best: { mse: number; mae: number };
}

/**
 * The compiled, untrained network.
 *
 * @param nFeatures columns of the input
 */
export function buildModel(nFeatures: number): tf.Sequential {
  throw new Error(`Q1b is not implemented yet: buildModel(${nFeatures})`);
}

/**
 * Trains a compiled model with early stopping on the validation MAE and leaves it with its best weights.
 *
 * @param model compiled with MSE as loss and MAE as metric; not always the one of buildModel
 * @param train batches to learn from
 * @param val   batches to validate on after every epoch
 */
export async function train(
  model: tf.Sequential,
  train: tf.data.Dataset<Batch>,
  val: tf.data.Dataset<Batch>,
  opts: { epochs?: number; patience?: number } = {},
): Promise<Training> {
  throw new Error(`Q1b is not implemented yet: train(${model.name}, ${typeof train}, ${typeof val}, ${typeof opts})`);
}
