/** Items of whatever can be iterated: arrays, generators, iterators, async ones, and datasets of tf.data. */
import type { Outside } from './outside.ts';
import type { Tf } from './tf.ts';
import { GuestTrouble } from './trouble.ts';

/**
 * Up to `count` items, each copied before the next one is asked for: a generator may fill the same rows again.
 * An iterator continues where it stood; an iterable starts afresh and is closed afterwards.
 */
export async function takeItems<Copy>(
  outside: Outside,
  x: object,
  count: number,
  tf: Tf | undefined,
  copy: (item: unknown) => Copy,
): Promise<Copy[]> {
  const { value: iterator } = await iteratorOf(outside, x, tf);
  const items: Copy[] = [];
  while (items.length < count) {
    const { value: step } = await call(outside, iterator, 'next');
    if (!isObject(step)) {
      throw new GuestTrouble({
        kind: 'threw',
        name: 'TypeError',
        message: 'next() of the iterator returned no object',
      });
    }
    if (outside.get(step, 'done')) return items;
    // Async iterators deliver plain values; sync ones may deliver promises.
    items.push(copy((await settle(outside, outside.get(step, 'value'))).value));
  }
  if (iterator !== x && offers(outside, iterator, 'return')) await call(outside, iterator, 'return');
  return items;
}

async function iteratorOf(outside: Outside, x: object, tf: Tf | undefined): Promise<Settled> {
  if (tf && outside.inherits(x, tf.data.Dataset.prototype)) return call(outside, x, 'iterator');
  for (const symbol of [Symbol.asyncIterator, Symbol.iterator]) {
    if (offers(outside, x, symbol)) return { value: outside.apply(outside.get(x, symbol), x, []) };
  }
  if (offers(outside, x, 'next')) return { value: x };
  throw new GuestTrouble({ kind: 'threw', name: 'TypeError', message: 'the object is not iterable' });
}

const isObject = (x: unknown): boolean => typeof x === 'object' && x !== null;
const offers = (outside: Outside, x: unknown, key: PropertyKey) => typeof outside.get(x, key) === 'function';
const call = (outside: Outside, holder: unknown, method: PropertyKey) =>
  settle(outside, outside.apply(outside.get(holder, method), holder, []));

/** In a box: whatever resolves a promise of the guest's as it is would be asked for its `then`. */
interface Settled {
  value: unknown;
}

/** Awaits promises and thenables of the student's realm, in that realm; everything else is taken as it is. */
export function settle(outside: Outside, x: unknown): Promise<Settled> {
  return new Promise((resolve, reject) => {
    outside.settle(x, (value) => resolve({ value }), reject);
  });
}
