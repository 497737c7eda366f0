/** Lists and fields in the student's realm, made so that no setter of the program's is asked. */
import type { Bag, Outside } from './outside.ts';

/** A list of the student's realm. */
export function makeList(outside: Outside, items: readonly unknown[]): unknown[] {
  const list = outside.makeArray();
  items.forEach((item, i) => define(list, i, item));
  return list;
}

/** Sets a property whatever prototypes say about its key. */
export function define(target: Bag | unknown[], key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}
