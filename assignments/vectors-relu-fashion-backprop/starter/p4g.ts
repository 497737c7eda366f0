/** Problem 4 (g): how good the model is. */
import * as tf from '@tensorflow/tfjs';
import type { Batch } from './batches.ts';

/** The share of images that are classified rightly, 0 to 1, over all batches; the last batch may be smaller. */
export async function testAccuracy(model: tf.Sequential, test: tf.data.Dataset<Batch>): Promise<number> {
  throw new Error(`P4g is not implemented yet: testAccuracy(${model.name}, ${typeof test})`);
}
