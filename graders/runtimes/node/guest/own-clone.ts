/**
 * What stands for `structuredClone` where the student's code runs. Node's own asks what is cloned by which class of which of Node's
 * modules it is to be made again, and makes that before the eyes of whoever has put setters on what it inherits: the loader of modules,
 * files. This one makes what it knows and nothing else: lists, records, maps, sets, dates, texts, numbers in memory, errors.
 */
import { types } from 'node:util';

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Make = new (...args: unknown[]) => object;
type Bag = Record<PropertyKey, unknown>;

// All of it is taken before any program is there that could put others in their place. Below, lists are gone through by their places:
// what goes through them otherwise is the program's to replace.
const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { isArray } = Array;
const [wrapped, written] = [Object, String];
const [Exception, Pairs, Items, Moment, Expression] = [DOMException, Map, Set, Date, RegExp];
const { isArrayBuffer, isDataView, isDate, isMap, isNativeError, isProxy, isRegExp, isSet } = types;
const { isSharedArrayBuffer, isTypedArray } = types;
/** What cannot be read, or is of use where it was made alone. */
const unknown = [
  ...[types.isPromise, types.isWeakMap, types.isWeakSet, types.isGeneratorObject, types.isExternal],
  ...[types.isMapIterator, types.isSetIterator, types.isModuleNamespaceObject, types.isSymbolObject],
];
const methods = (prototype: object, ...names: string[]) =>
  names.map((name) => getOwnPropertyDescriptor(prototype, name)!.value as Method) as [Method, ...Method[]];
const getters = (prototype: object, ...names: PropertyKey[]) =>
  names.map((name) => getOwnPropertyDescriptor(prototype, name)!.get as Method) as [Method, ...Method[]];
const [lookUp, put, eachPair] = methods(Map.prototype, 'get', 'set', 'forEach') as [Method, Method, Method];
const [add, eachItem] = methods(Set.prototype, 'add', 'forEach') as [Method, Method];
const [time] = methods(Date.prototype, 'getTime');
const [isEnumerable, own] = methods(Object.prototype, 'propertyIsEnumerable', 'hasOwnProperty') as [Method, Method];
const [slice, transfer] = methods(ArrayBuffer.prototype, 'slice', 'transfer') as [Method, Method];
const typed = getPrototypeOf(Uint8Array.prototype)!;
const [kindOf] = getters(typed, Symbol.toStringTag);
const partsOf = {
  typed: getters(typed, 'buffer', 'byteOffset', 'length'),
  view: getters(DataView.prototype, 'buffer', 'byteOffset', 'byteLength'),
  expression: getters(RegExp.prototype, 'source', 'flags'),
  exception: getters(DOMException.prototype, 'message', 'name'),
};
const byName = (makes: readonly unknown[]): Record<string, Make> =>
  Object.assign(Object.create(null), ...(makes as Make[]).map((make) => ({ [make.name]: make })));
const views = byName([
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array],
  ...[Float64Array, BigInt64Array, BigUint64Array, DataView],
  // Which not every Node has.
  ...[Reflect.get(globalThis, 'Float16Array') as unknown].filter(Boolean),
]);
const failures = byName([Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]);
const ofErrors = ['stack', 'message', 'cause'];
/** Texts and numbers that were made objects. */
const boxes: readonly { is(x: unknown): boolean; value: Method }[] = [
  { is: types.isNumberObject, value: Number.prototype.valueOf as Method },
  { is: types.isStringObject, value: String.prototype.valueOf as Method },
  { is: types.isBooleanObject, value: Boolean.prototype.valueOf as Method },
  { is: types.isBigIntObject, value: BigInt.prototype.valueOf as Method },
];

const refused = (value: unknown): Error => {
  let what = typeof value === 'symbol' ? written(value) : 'It';
  if (typeof value === 'function') what = 'A function';
  if (typeof value === 'object') what = 'An object of this kind';
  return new Exception(`${what} could not be cloned.`, 'DataCloneError');
};

/** Sets a property whatever the prototypes say about its key. */
const define = (target: object, key: PropertyKey, value: unknown, enumerable = true): void => {
  defineProperty(target, key, {
    __proto__: null,
    value,
    enumerable,
    writable: true,
    configurable: true,
  } as PropertyDescriptor);
};

/** A copy of a value with all that it holds; `options.transfer` names memory that is taken from its owner in place of a copy. */
export function structuredClone(value: unknown, options?: { transfer?: unknown }): unknown {
  const seen = new Pairs<unknown, unknown>();
  const remember = <T extends object>(from: object, copy: T): T => {
    apply(put, seen, [from, copy]);
    return copy;
  };
  const fields = (from: Bag, copy: object): object => {
    const keys = ownKeys(from);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      if (typeof key === 'string' && apply(isEnumerable, from, [key])) define(copy, key, clone(from[key]));
    }
    return copy;
  };
  const viewOf = (from: object, name: string, parts: readonly Method[]): object => {
    const make = views[name];
    if (make === undefined) throw refused(from);
    const buffer = clone(apply(parts[0]!, from, []));
    return remember(from, construct(make, [buffer, apply(parts[1]!, from, []), apply(parts[2]!, from, [])]));
  };
  const errorOf = (from: Bag): object => {
    const name = from['name'];
    const copy = remember(from, construct(failures[typeof name === 'string' ? name : ''] ?? failures['Error']!, []));
    for (let i = 0; i < ofErrors.length; i++) {
      const key = ofErrors[i]!;
      if (apply(own, from, [key])) define(copy, key, clone(from[key]), false);
    }
    return copy;
  };
  const objectOf = (from: Bag): object => {
    if (isProxy(from)) throw refused(from);
    if (isArray(from)) {
      const copy: unknown[] = remember(from, []);
      copy.length = from.length;
      return fields(from as unknown as Bag, copy);
    }
    if (isTypedArray(from)) return viewOf(from, apply(kindOf, from, []) as string, partsOf.typed);
    if (isDataView(from)) return viewOf(from, 'DataView', partsOf.view);
    if (isArrayBuffer(from)) return remember(from, apply(slice, from, [0]) as object);
    if (isSharedArrayBuffer(from)) return from;
    if (isMap(from)) {
      const copy = remember(from, new Pairs());
      const pairs: [unknown, unknown][] = [];
      apply(eachPair, from, [(item: unknown, key: unknown) => define(pairs, pairs.length, [key, item])]);
      for (let i = 0; i < pairs.length; i++) apply(put, copy, [clone(pairs[i]![0]), clone(pairs[i]![1])]);
      return copy;
    }
    if (isSet(from)) {
      const copy = remember(from, new Items());
      const items: unknown[] = [];
      apply(eachItem, from, [(item: unknown) => define(items, items.length, item)]);
      for (let i = 0; i < items.length; i++) apply(add, copy, [clone(items[i])]);
      return copy;
    }
    if (isDate(from)) return remember(from, new Moment(apply(time, from, []) as number));
    if (isRegExp(from)) {
      const part = (i: number) => apply(partsOf.expression[i]!, from, []) as string;
      return remember(from, new Expression(part(0), part(1)));
    }
    const prototype = getPrototypeOf(from);
    if (prototype === Exception.prototype) {
      const part = (i: number) => apply(partsOf.exception[i]!, from, []) as string;
      return remember(from, new Exception(part(0), part(1)));
    }
    if (isNativeError(from)) return errorOf(from as unknown as Bag);
    for (let i = 0; i < boxes.length; i++) {
      const box = boxes[i]!;
      if (box.is(from)) return remember(from, wrapped(apply(box.value, from, [])) as object);
    }
    for (let i = 0; i < unknown.length; i++) if (unknown[i]!(from)) throw refused(from);
    return fields(from, remember(from, {}));
  };
  const clone = (from: unknown): unknown => {
    if (typeof from === 'function' || typeof from === 'symbol') throw refused(from);
    if (typeof from !== 'object' || from === null) return from;
    const known = apply(lookUp, seen, [from]);
    return known ?? objectOf(from as Bag);
  };

  const given = options?.transfer as readonly unknown[] | undefined;
  for (let i = 0; i < (given?.length ?? 0); i++) if (!isArrayBuffer(given![i])) throw refused(given![i]);
  const copy = clone(value);
  // What is taken is copied before, so that views of it still say where they begin.
  for (let i = 0; i < (given?.length ?? 0); i++) apply(transfer, given![i], []);
  return copy;
}
