/** Items of whatever can be iterated: arrays, generators, iterators, async ones, and datasets of tf.data. */
import { inherits } from './intrinsics.ts';
import type { Tf } from './tf.ts';
import type { Bag, Callable } from './outside.ts';
import { GuestTrouble } from './trouble.ts';

/**
 * Up to `count` items, each copied before the next one is asked for: a generator may fill the same rows again.
 * An iterator continues where it stood; an iterable starts afresh and is closed afterwards.
 */
export async function takeItems<Copy>(
  x: object,
  count: number,
  tf: Tf | undefined,
  copy: (item: unknown) => Copy,
): Promise<Copy[]> {
  const iterator = await iteratorOf(x, tf);
  const items: Copy[] = [];
  while (items.length < count) {
    const step = (await settle(call(iterator, 'next'))) as Bag | null;
    if (typeof step !== 'object' || step === null) {
      throw new GuestTrouble({
        kind: 'threw',
        name: 'TypeError',
        message: 'next() of the iterator returned no object',
      });
    }
    if (step['done']) return items;
    // Async iterators deliver plain values; sync ones may deliver promises.
    items.push(copy(await settle(step['value'])));
  }
  if (iterator !== x && typeof iterator['return'] === 'function') await settle(call(iterator, 'return'));
  return items;
}

async function iteratorOf(x: object, tf: Tf | undefined): Promise<Bag> {
  if (tf && inherits(x, tf.data.Dataset.prototype)) return (await settle(call(x as Bag, 'iterator'))) as Bag;
  for (const symbol of [Symbol.asyncIterator, Symbol.iterator]) {
    if (typeof (x as Bag)[symbol] === 'function') return call(x as Bag, symbol) as Bag;
  }
  if (typeof (x as Bag)['next'] === 'function') return x as Bag;
  throw new GuestTrouble({ kind: 'threw', name: 'TypeError', message: 'the object is not iterable' });
}

const call = (holder: Bag, method: PropertyKey) => Reflect.apply(holder[method] as Callable, holder, []);

/** Awaits promises and thenables of the student's realm; everything else is taken as it is. */
export function settle(x: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    resolve(x);
  });
}
