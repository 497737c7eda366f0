/**
 * What is cloned may tell Node by which class of which of its modules it is to be made again; `new` is called on whatever has that
 * name, if only it inherits the method that reads a clone. Put on a prototype that everything inherits, any class of Node's was made
 * and seen: the loader of modules among them. So what everything inherits has no such method, and gets none.
 */
import { EventEmitter } from 'node:events';

const { defineProperty, ownKeys } = Reflect;

const inherited = [
  Object,
  Function,
  Array,
  Error,
  TypeError,
  RangeError,
  Map,
  Set,
  WeakMap,
  WeakSet,
  Promise,
  RegExp,
  Date,
];

/** To be called before any program is there. */
export function closeCloning(): void {
  const sign = ownKeys(DOMException.prototype).find(
    (key) => typeof key === 'symbol' && key.description === 'messaging_deserialize_symbol',
  );
  if (sign === undefined) throw new Error('Node no longer reads clones as it did.');
  const typed = Object.getPrototypeOf(Uint8Array) as typeof Object;
  for (const { prototype } of [...inherited, typed, Event, EventTarget, EventEmitter]) {
    defineProperty(prototype, sign, {
      get: () => undefined,
      // Node gives its own classes theirs by assignment.
      set(this: object, value: unknown) {
        if (this !== prototype) defineProperty(this, sign, { value, writable: true, configurable: true });
      },
    });
  }
}
