/** A second opinion on early stopping: when training stops and which weights are kept, from the validation values alone. */

interface Stopping {
  /** The epoch whose weights are restored, counted from 0: the first one with the least value; −1 when nothing was finite. */
  bestEpoch: number;
  /** The last epoch that runs. */
  lastEpoch: number;
}

/** Training stops `patience` epochs after the best epoch so far, or with the list: equal is no improvement, NaN never is. */
export function stopEarly(values: readonly number[], { patience }: { patience: number }): Stopping {
  const bestUntil = (last: number) =>
    values.slice(0, last + 1).reduce((best, value, e) => (value < (values[best] ?? Infinity) ? e : best), -1);
  const stops = values.findIndex((_, epoch) => epoch - bestUntil(epoch) >= patience);
  const lastEpoch = stops === -1 ? values.length - 1 : stops;
  return { bestEpoch: bestUntil(lastEpoch), lastEpoch };
}
