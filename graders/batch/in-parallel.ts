import pMap, { pMapSkip } from 'p-map';

/**
 * `work` over all items, at most `jobs` at once, results in the order of the items; stops taking new ones when the signal fires,
 * and gives no results for those. What is under way is finished, so that it can be kept.
 */
export const inParallel = <T, R>(
  items: Iterable<T>,
  jobs: number,
  work: (item: T) => Promise<R>,
  signal?: AbortSignal,
): Promise<R[]> =>
  pMap(items, (item) => (signal?.aborted === true ? pMapSkip : work(item)), { concurrency: Math.max(1, jobs) });
