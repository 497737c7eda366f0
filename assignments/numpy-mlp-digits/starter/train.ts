/**
 * Section 3.6: training with mini-batches.
 */
import type { History, Pair, TrainOptions } from './contracts.ts';
import type { MLP } from './mlp.ts';

/** 3.6. Trains `mlp` for some epochs, each with all pairs in new mini-batches; returns the mean loss of every epoch. */
export function train(mlp: MLP, pairs: readonly Pair[], options: TrainOptions): History {
  throw new Error(`3.6 is not implemented yet: train(${mlp.layers.length} layers, ${pairs.length}, ${options.epochs})`);
}
