/**
 * What a module hands out before its body has begun, when modules that wait need each other. The body puts an object of its
 * own in the place of `module.exports`; whoever holds the first one must see the same.
 */
import type { Bag, Outside } from './outside.ts';

export interface EarlyExports {
  /** Gives the first object the properties of the one that has taken its place. */
  follow(): void;
}

/** `names` are known to be exported: the first object has them at once, so that a copy of it made early is no empty one. */
export function createEarlyExports(outside: Outside, module: Bag, names: readonly string[]): EarlyExports {
  const first = outside.get(module, 'exports') as object;
  const later = (): object | undefined => {
    const exports = outside.get(module, 'exports');
    // A proxy would have the student's own code describe what it holds.
    const other = typeof exports === 'object' && exports !== null && exports !== first && !outside.isProxy(exports);
    return other ? exports : undefined;
  };
  for (const name of names) {
    const get = outside.makeFunction(name, () => {
      const from = later();
      return from === undefined ? undefined : outside.get(from, name);
    });
    const sign = name === '__esModule' && { value: true };
    Reflect.defineProperty(first, name, { configurable: true, enumerable: !sign, ...(sign || { get }) });
  }
  return {
    follow() {
      const from = later();
      if (from === undefined) return;
      for (const key of Reflect.ownKeys(from)) {
        Reflect.defineProperty(first, key, Reflect.getOwnPropertyDescriptor(from, key)!);
      }
    },
  };
}
