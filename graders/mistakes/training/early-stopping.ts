/** Early stopping on a given list of validation values: when it ends, and which epoch's weights come back. */
import { makeArray } from '../../numerics/arrays.ts';
import type { Program } from '../program.ts';

export interface StoppingCase {
  /** Validation losses, epoch by epoch. */
  values: readonly number[];
  patience: number;
}

/** What a program remembers while it trains. */
interface Memory {
  best: number;
  bestEpoch: number;
  wait: number;
  /** The value of the epoch before; Infinity at the start. */
  previous: number;
  /** The value of the first epoch. */
  first: number;
  epoch: number;
  value: number;
}

export interface StoppingRules {
  improves(memory: Memory): boolean;
  /** Epochs without improvement after which training stops. */
  limit(patience: number): number;
  /** The counter after an epoch. */
  wait(memory: Memory, improved: boolean): number;
  /** The epoch whose weights are restored. */
  restored(memory: Memory, given: StoppingCase): number;
  /** The number of the last epoch as it is reported. */
  reported(epoch: number): number;
}

/**
 * The answer is `{ lastEpoch, restoredEpoch }`, counted from 0: an epoch improves when its value is below the best so far;
 * training stops after `patience` epochs in a row without improvement; the best epoch's weights come back.
 */
export const stoppingProgram: Program<StoppingCase, StoppingRules> = {
  right: {
    improves: ({ value, best }) => value < best,
    limit: (patience) => patience,
    wait: ({ wait }, improved) => (improved ? 0 : wait + 1),
    restored: ({ bestEpoch }) => bestEpoch,
    reported: (epoch) => epoch,
  },
  run: (given, rules) => {
    const first = given.values[0] ?? NaN;
    const memory: Memory = { best: Infinity, bestEpoch: -1, wait: 0, previous: Infinity, first, epoch: -1, value: NaN };
    for (const [epoch, value] of given.values.entries()) {
      Object.assign(memory, { epoch, value });
      const improved = rules.improves(memory);
      memory.wait = rules.wait(memory, improved);
      if (improved) Object.assign(memory, { best: value, bestEpoch: epoch });
      if (memory.wait >= rules.limit(given.patience)) break;
      memory.previous = value;
    }
    return {
      lastEpoch: makeArray([], [rules.reported(memory.epoch)]),
      restoredEpoch: makeArray([], [rules.restored(memory, given)]),
    };
  },
};
