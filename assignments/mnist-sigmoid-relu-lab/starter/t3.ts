/** Task T3: the same training with several learning rates, every one with a network of its own. */
import type { Data } from './batches.ts';
import type { Log, RunOptions } from './perceptron.ts';
import type { Rng } from './rng.ts';

/** One log for each of the learning rates `etas`, in their order. Everything else is the same for all of them. */
export function runRates(data: Data, etas: number[], options: Omit<RunOptions, 'eta'>, rng: Rng): Log[] {
  throw new Error(
    `runRates is not implemented yet: ${data.train.labels.length}, ${etas}, ${options.epochs}, ${typeof rng}`,
  );
}
