/** Brand checks that cannot be lied to: they read internal slots, which neither subclasses nor properties can imitate. */

const typedPrototype = Object.getPrototypeOf(Uint8Array.prototype) as object;
const getterOf = (holder: object, key: PropertyKey) =>
  Object.getOwnPropertyDescriptor(holder, key)!.get as (this: unknown) => unknown;
const tagOf = getterOf(typedPrototype, Symbol.toStringTag);
const setTyped = (typedPrototype as { set: (from: unknown) => void }).set;
const lengthOf = getterOf(typedPrototype, 'length');
const byteLengthOf = getterOf(typedPrototype, 'byteLength');
const byteOffsetOf = getterOf(typedPrototype, 'byteOffset');
const bufferOf = getterOf(typedPrototype, 'buffer');
const mapSize = getterOf(Map.prototype, 'size');
const setSize = getterOf(Set.prototype, 'size');

/** `Float32Array` …, or undefined when it is no typed array. Works on typed arrays of any realm. */
export const typedTag = (x: unknown) => Reflect.apply(tagOf, x, []) as string | undefined;

export const typedLength = (x: unknown) => Reflect.apply(lengthOf, x, []) as number;

export const typedOffset = (x: unknown) => Reflect.apply(byteOffsetOf, x, []) as number;

export const typedBuffer = (x: unknown) => Reflect.apply(bufferOf, x, []) as ArrayBuffer;

/** A copy of a typed array's bytes. */
export function typedBytes(x: unknown): Uint8Array {
  const buffer = Reflect.apply(bufferOf, x, []) as ArrayBuffer;
  const offset = Reflect.apply(byteOffsetOf, x, []) as number;
  return new Uint8Array(buffer, offset, Reflect.apply(byteLengthOf, x, []) as number).slice();
}

/** The numbers of a typed array as float64; undefined for BigInt arrays. */
export function typedNumbers(x: unknown): Float64Array | undefined {
  const tag = typedTag(x);
  if (tag === undefined || tag.startsWith('Big')) return undefined;
  const { buffer } = typedBytes(x);
  const views: Record<string, new (buffer: ArrayBuffer) => ArrayLike<number>> = {
    Float32Array,
    Float64Array,
    Int8Array,
    Int16Array,
    Int32Array,
    Uint8Array,
    Uint8ClampedArray,
    Uint16Array,
    Uint32Array,
  };
  const View = views[tag];
  return View && Float64Array.from(new View(buffer as ArrayBuffer));
}

const holds = (getter: (this: unknown) => unknown, x: unknown) => {
  try {
    Reflect.apply(getter, x, []);
    return true;
  } catch {
    return false;
  }
};

export const isMap = (x: unknown): x is Map<unknown, unknown> => holds(mapSize, x);
export const isSet = (x: unknown): x is Set<unknown> => holds(setSize, x);

/** The entries of a Map, or the items of a Set, of any realm. */
export function entriesOf(x: Map<unknown, unknown>): [unknown, unknown][] {
  const entries: [unknown, unknown][] = [];
  Map.prototype.forEach.call(x, (value, key) => entries.push([key, value]));
  return entries;
}

export function itemsOf(x: Set<unknown>): unknown[] {
  const items: unknown[] = [];
  Set.prototype.forEach.call(x, (item) => items.push(item));
  return items;
}

/** Whether it is an array of whatever realm; a proxy that has been revoked is none. */
export function isArray(x: unknown): x is unknown[] {
  try {
    return Array.isArray(x);
  } catch {
    return false;
  }
}

/** Copies the numbers of one typed array into another; unlike their own `set`, this one nobody can replace. */
export function copyTyped(into: object, from: object): void {
  Reflect.apply(setTyped, into, [from]);
}
