/** Problem 4 (e): one batch, looked at. No marks. */
import * as tf from '@tensorflow/tfjs';
import type { Batch } from './batches.ts';

export interface Inspection {
  /** What the batch says. */
  labels: number[];
  /** What the model says. */
  preds: number[];
  /** How many of them agree. */
  correct: number;
}

/** Labels and predictions of one batch. */
export async function inspectBatch(model: tf.Sequential, batch: Batch): Promise<Inspection> {
  throw new Error(`P4e is not implemented yet: inspectBatch(${model.name}, [${batch.xs.shape}])`);
}
