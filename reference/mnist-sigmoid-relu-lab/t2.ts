/** Task T2: the given network on the given images. */
import type { Data } from './batches.ts';
import { createBatches } from './batches.ts';
import type { Log, RunOptions } from './perceptron.ts';
import { MultiLayerPerceptron } from './perceptron.ts';
import type { Rng } from './rng.ts';

/** Cuts both sets into batches, builds a network with these options, trains it, and returns what training shows. */
export function runBaseline(data: Data, options: RunOptions, rng: Rng): Log {
  const { layerConfig, batchSize, epochs, eta, initSd } = options;
  const train = createBatches(data.train.images, data.train.labels, batchSize);
  const test = createBatches(data.test.images, data.test.labels, batchSize);
  return new MultiLayerPerceptron(layerConfig, batchSize, rng, initSd).evaluate(train, test, { epochs, eta });
}
