/**
 * What is done to things of the student's, done in the realm in which they live: part of the bootstrap, not of the guest. A
 * getter, a conversion, a trap of a proxy (which may be a proxy itself) is called from here, so that the lists, descriptors
 * and errors which the engine makes on the way are of that realm, too. Everything used is taken before the student's code runs.
 */
const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { hasOwn, keys: keysOf } = Object;
const { isPrototypeOf } = Object.prototype;
const objects = Object;
const texts = String;
const numbers = Number;
const promises = Promise;
const { then } = promises.prototype;

export interface Reach {
  get(x: unknown, key: PropertyKey): unknown;
  /** As an assignment: throws where the property cannot be set. */
  set(x: unknown, key: PropertyKey, value: unknown): void;
  has(x: object, key: PropertyKey): boolean;
  hasOwn(x: unknown, key: PropertyKey): boolean;
  /** Names of the enumerable properties of its own. */
  keys(x: object): ArrayLike<string>;
  /** Names of all properties of its own. */
  names(x: object): ArrayLike<string>;
  /** Names of those that are computed when they are read. */
  accessors(x: object): ArrayLike<string>;
  prototypeOf(x: object): object | null;
  /** Whether `prototype` is in the chain of `x`; unlike instanceof, no class can answer for itself. */
  inherits(x: unknown, prototype: unknown): boolean;
  apply(f: unknown, self: unknown, args: ArrayLike<unknown>): unknown;
  construct(f: unknown, args: ArrayLike<unknown>): unknown;
  /** True for classes and for functions that `new` may stand before; false for arrow functions, methods and async functions. */
  isConstructor(f: unknown): boolean;
  text(x: unknown): string;
  number(x: unknown): number;
  /** Copies items of the type `kind` into `into` from `at` on; false as soon as one is of another. */
  copyItems(from: unknown, kind: string, into: Float64Array, at: number, length: number): boolean;
  /** Waits for promises and thenables; everything else is there at once. */
  settle(x: unknown, onValue: (value: unknown) => void, onThrown: (thrown: unknown) => void): void;
}

/** A descriptor that takes nothing from Object.prototype. */
const field = (value: unknown): PropertyDescriptor =>
  ({ __proto__: null, value, writable: true, enumerable: true, configurable: true }) as PropertyDescriptor;

/** A fresh list of this realm; no setter that somebody put on Array.prototype is asked. */
function listOf(items: ArrayLike<unknown>): unknown[] {
  const list: unknown[] = [];
  for (let i = 0; i < items.length; i++) defineProperty(list, i, field(items[i]));
  return list;
}

function namesWhere(x: object, wanted: (name: string) => boolean): string[] {
  const all = ownKeys(x);
  const names: string[] = [];
  for (let i = 0; i < all.length; i++) {
    const name = all[i];
    if (typeof name === 'string' && wanted(name)) defineProperty(names, names.length, field(name));
  }
  return names;
}

export const reach: Reach = {
  get: (x, key) => (x as Record<PropertyKey, unknown>)[key],
  set: (x, key, value) => {
    (x as Record<PropertyKey, unknown>)[key] = value;
  },
  has: (x, key) => key in x,
  hasOwn: (x, key) => hasOwn(x as object, key),
  keys: (x) => keysOf(x),
  names: (x) => namesWhere(x, () => true),
  accessors: (x) =>
    namesWhere(x, (name) => {
      const descriptor = getOwnPropertyDescriptor(x, name);
      return descriptor !== undefined && hasOwn(descriptor, 'get') && descriptor.get !== undefined;
    }),
  prototypeOf: (x) => getPrototypeOf(x),
  inherits: (x, prototype) => apply(isPrototypeOf, prototype, [x]) as boolean,
  apply: (f, self, args) => apply(f as () => unknown, self, listOf(args)),
  construct: (f, args) => construct(f as never, listOf(args)) as unknown,
  isConstructor: (f) => {
    try {
      construct(objects, [], f as never);
      return true;
    } catch {
      return false;
    }
  },
  text: (x) => texts(x),
  number: (x) => numbers(x),
  copyItems: (from, kind, into, at, length) => {
    const items = from as ArrayLike<unknown>;
    for (let i = 0; i < length; i++) {
      const item = items[i];
      if (typeof item !== kind) return false;
      into[at + i] = item as number;
    }
    return true;
  },
  settle: (x, onValue, onThrown) => {
    const promise = new promises<unknown>((resolve) => resolve(x));
    // Otherwise its class would be asked for which kind of promise comes next.
    defineProperty(promise, 'constructor', field(undefined));
    apply(then, promise, [(value: unknown) => onValue(value), (thrown: unknown) => onThrown(thrown)]);
  },
};
