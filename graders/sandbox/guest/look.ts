/** What an object of the student's realm is, as far as can be told without trusting it. */
import { inherits } from './intrinsics.ts';
import type { Tf } from './tf.ts';
import type { Bag, Outside } from './outside.ts';
import { cut } from './trouble.ts';

/** Things whose contents mean nothing outside: iterators, datasets, models, layers and optimisers of the library. */
export function staysInside(x: object, outside: Outside, tf: Tf | undefined): boolean {
  if (outside.isGenerator(x)) return true;
  const { next } = x as Bag;
  if (typeof next === 'function' && (Symbol.iterator in x || Symbol.asyncIterator in x)) return true;
  if (tf === undefined) return false;
  return [tf.LayersModel, tf.layers.Layer, tf.Optimizer, tf.data.Dataset, tf.SymbolicTensor].some((library) =>
    inherits(x, library.prototype),
  );
}

/** Errors of the student's realm keep name and message in properties that are not enumerable. */
export const isErrorLike = (x: object): x is Bag =>
  'stack' in x && 'message' in x && !Object.keys(x).includes('message');

export const textOf = (key: unknown) => (typeof key === 'object' && key !== null ? 'an object' : String(key));

export function classNameOf(x: object): string {
  try {
    const { constructor } = x as { constructor: unknown };
    const name: unknown = typeof constructor === 'function' ? constructor.name : 'Object';
    return typeof name === 'string' ? cut(name, 100) : 'Object';
  } catch {
    return 'Object';
  }
}

/** Names that the class of `x` computes on demand, in the order of the classes; Object's own excluded. */
export function gettersOf(x: object): string[] {
  const names = new Set<string>();
  let prototype = Object.getPrototypeOf(x) as object | null;
  for (let i = 0; i < 4 && prototype !== null; i++) {
    const parent = Object.getPrototypeOf(prototype) as object | null;
    if (parent === null) break;
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (get !== undefined && !Object.hasOwn(x, name) && names.size < keyCap) names.add(name);
    }
    prototype = parent;
  }
  return [...names];
}

const keyCap = 100;

/** Names of the properties and methods that `x` offers, its class's included, Object's own excluded. */
export function keysOf(x: object): string[] {
  const keys = new Set<string>();
  try {
    const names = Object.keys(x);
    let prototype = Object.getPrototypeOf(x) as object | null;
    for (let i = 0; i < 4 && typeof x === 'object' && prototype !== null; i++) {
      const parent = Object.getPrototypeOf(prototype) as object | null;
      if (parent === null) break;
      names.push(...Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor'));
      prototype = parent;
    }
    for (const name of names.slice(0, keyCap)) keys.add(cut(name, 100));
  } catch {
    // A proxy that will not be looked at has no keys to tell.
  }
  return [...keys];
}
