/**
 * Task T2: train the given network. Use what is given:
 * import { createBatches } from './batches.ts';
 * import { MultiLayerPerceptron } from './perceptron.ts';
 */
import type { Data } from './batches.ts';
import type { Log, RunOptions } from './perceptron.ts';
import type { Rng } from './rng.ts';

/** Cuts both sets into batches, builds a network with these options, trains it, and returns what training shows. */
export function runBaseline(data: Data, options: RunOptions, rng: Rng): Log {
  throw new Error(`runBaseline is not implemented yet: ${data.train.labels.length}, ${options.eta}, ${typeof rng}`);
}
