/** What an object of the student's realm is, as far as can be told without trusting it. */
import type { Outside } from './outside.ts';
import type { Tf } from './tf.ts';
import { cut } from './trouble.ts';

/** Things whose contents mean nothing outside: iterators, datasets, models, layers and optimisers of the library. */
export function staysInside(x: object, outside: Outside, tf: Tf | undefined): boolean {
  if (outside.isGenerator(x)) return true;
  const iterable = () => outside.has(x, Symbol.iterator) || outside.has(x, Symbol.asyncIterator);
  if (typeof outside.get(x, 'next') === 'function' && iterable()) return true;
  if (tf === undefined) return false;
  return [tf.LayersModel, tf.layers.Layer, tf.Optimizer, tf.data.Dataset, tf.SymbolicTensor].some((library) =>
    outside.inherits(x, library.prototype),
  );
}

/** Errors of the student's realm keep name and message in properties that are not enumerable. */
export const isErrorLike = (outside: Outside, x: object): boolean =>
  outside.has(x, 'stack') && outside.has(x, 'message') && !copyOf(outside.keys(x)).includes('message');

export const textOf = (key: unknown) => {
  if (typeof key === 'function') return 'a function';
  return typeof key === 'object' && key !== null ? 'an object' : String(key);
};

/** A list of the guest's own with the same items; nothing of the student's is asked. */
export const copyOf = <T>(list: ArrayLike<T>): T[] => Array.from({ length: list.length }, (_, i) => list[i]!);

export function classNameOf(outside: Outside, x: object): string {
  try {
    const constructor = outside.get(x, 'constructor');
    const name: unknown = typeof constructor === 'function' ? outside.get(constructor, 'name') : 'Object';
    return typeof name === 'string' ? cut(name, 100) : 'Object';
  } catch {
    return 'Object';
  }
}

/** Names that the class of `x` computes on demand, in the order of the classes; Object's own excluded. */
export function gettersOf(outside: Outside, x: object): string[] {
  const names = new Set<string>();
  for (const prototype of classesOf(outside, x)) {
    for (const name of copyOf(outside.accessors(prototype))) {
      if (!outside.hasOwn(x, name) && names.size < keyCap) names.add(name);
    }
  }
  return [...names];
}

const keyCap = 100;

/** Names of the properties and methods that `x` offers, its class's included, Object's own excluded. */
export function keysOf(outside: Outside, x: object): string[] {
  const keys = new Set<string>();
  try {
    const names = copyOf(outside.keys(x));
    for (const prototype of typeof x === 'object' ? classesOf(outside, x) : []) {
      names.push(...copyOf(outside.names(prototype)).filter((name) => name !== 'constructor'));
    }
    for (const name of names.slice(0, keyCap)) keys.add(cut(name, 100));
  } catch {
    // A proxy that will not be looked at has no keys to tell.
  }
  return [...keys];
}

/** The first prototypes of `x` but the last, which is Object's. */
function classesOf(outside: Outside, x: object): object[] {
  const classes: object[] = [];
  let prototype = outside.prototypeOf(x);
  while (classes.length < 4 && prototype !== null) {
    const parent = outside.prototypeOf(prototype);
    if (parent === null) break;
    classes.push(prototype);
    prototype = parent;
  }
  return classes;
}
