/** The order of a shuffle: whether items are mixed anew in every pass, one by one, as random permutations are. */
import { permutationFault } from '../numerics/permutations.ts';

/** Whether an order holds 0..n−1, each once. */
export const isWhole = (order: readonly number[], n: number): boolean =>
  order.length === n && new Set(order).size === n && order.every((item) => item >= 0 && item < n);

/** Whether every pass has only batches of the first one, as sets, in some order. */
export function onlyBatchesMove(passes: readonly (readonly (readonly number[])[])[]): boolean {
  const setsOf = (batches: readonly (readonly number[])[]) =>
    batches.map((batch) => batch.toSorted((a, b) => a - b).join());
  const known = new Set(setsOf(passes[0]!));
  return passes.slice(1).every((batches) => setsOf(batches).every((set) => known.has(set)));
}

/** An order cut into batches of this size. */
export const inBatchesOf = (order: readonly number[], size: number): number[][] =>
  Array.from({ length: Math.ceil(order.length / size) }, (_, k) => order.slice(k * size, (k + 1) * size));

/** What is not random about the orders of several passes, told from the items that come in all of them. */
export function commonFault(orders: readonly (readonly number[])[]): string | undefined {
  const common = orders.reduce((kept, order) => kept.filter((item) => order.includes(item)));
  if (common.length === 0) return undefined;
  const place = new Map([...common].sort((a, b) => a - b).map((item, i) => [item, i]));
  return permutationFault(orders.map((order) => order.flatMap((item) => place.get(item) ?? [])));
}
