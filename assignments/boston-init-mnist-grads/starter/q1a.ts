/**
 * Question 1a: from a table of house prices to standardised, shuffled batches.
 */
import * as tf from '@tensorflow/tfjs';

/** Both parts standardised, with the column statistics that were used. */
export interface Standardised {
  train: number[][];
  val: number[][];
  /** One number for each feature. */
  mean: number[];
  std: number[];
}

/** A batch: features [b, features] and targets [b] or [b, 1]. */
export type Batch = { xs: tf.Tensor; ys: tf.Tensor };

/** Shape (null for the batch) and dtype of one tensor of a batch. */
export interface TensorSpec {
  shape: (number | null)[];
  dtype: string;
}

export interface BostonPipeline {
  train: tf.data.Dataset<Batch>;
  val: tf.data.Dataset<Batch>;
  nTrain: number;
  nVal: number;
  mean: number[];
  std: number[];
  /** Of the features, then of the targets. */
  elementSpec: [TensorSpec, TensorSpec];
}

/**
 * Brings every column to mean 0 and standard deviation 1.
 *
 * @param train rows of the training part
 * @param val   rows of the validation part
 */
export function standardise(train: number[][], val: number[][]): Standardised {
  throw new Error(`Q1a is not implemented yet: standardise(${train.length} rows, ${val.length} rows)`);
}

/**
 * Splits the table at random, standardises the features and makes datasets of batches; training batches come in a new
 * order in every epoch.
 *
 * @param x n rows of features
 * @param y n targets, as they are
 */
export function makePipeline(
  x: number[][],
  y: number[],
  opts: { batchSize: number; valFraction: number; seed: number },
): BostonPipeline {
  throw new Error(`Q1a is not implemented yet: makePipeline(${x.length} rows, ${y.length} targets, ${typeof opts})`);
}
