/** When training stops and which weights are kept, decided from the list of validation values alone. Epochs count from 0. */

interface Patience {
  patience: number;
  /** Whether smaller (a loss) or larger (an accuracy) is better. */
  mode?: 'min' | 'max';
  /** An improvement must be larger than this. */
  minDelta?: number;
  /** No more epochs than this, whatever the list. */
  maxEpochs?: number;
}

interface Stopping {
  /** The epoch whose weights are restored: the first one with the best value; −1 when nothing was finite. */
  bestEpoch: number;
  /** The last epoch that runs. */
  lastEpoch: number;
  epochsRun: number;
  /** False when the list or the limit ended first. */
  stoppedEarly: boolean;
}

/**
 * Epoch e improves when value_e < best − minDelta (or > best + minDelta): equal is no improvement, NaN never is. Training
 * stops after the epoch that makes `patience` epochs in a row without improvement, i.e. at bestEpoch + patience.
 */
export function stopEarly(values: readonly number[], options: Patience): Stopping {
  const { patience, mode = 'min', minDelta = 0, maxEpochs = Infinity } = options;
  const sign = mode === 'min' ? 1 : -1;
  let best = Infinity;
  let bestEpoch = -1;
  let wait = 0;
  const limit = Math.min(values.length, maxEpochs);
  for (let epoch = 0; epoch < limit; epoch++) {
    if (sign * values[epoch]! < best - minDelta) {
      best = sign * values[epoch]!;
      bestEpoch = epoch;
      wait = 0;
    } else if (++wait >= patience) {
      return { bestEpoch, lastEpoch: epoch, epochsRun: epoch + 1, stoppedEarly: true };
    }
  }
  return { bestEpoch, lastEpoch: limit - 1, epochsRun: limit, stoppedEarly: false };
}
