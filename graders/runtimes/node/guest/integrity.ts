/** Notices when student code has changed what the language itself offers, so that the blame falls where it belongs. */
import type { Outside } from './outside.ts';

const watched = [
  'Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Promise', 'Map', 'Set', 'WeakMap', 'WeakSet',
  'WeakRef', 'Math', 'JSON', 'Reflect', 'Proxy', 'Date', 'RegExp', 'Error', 'TypeError', 'RangeError', 'ArrayBuffer', 'DataView',
  'Float32Array', 'Float64Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Uint8Array', 'Uint8ClampedArray', 'Uint16Array',
  'Uint32Array', 'FinalizationRegistry', 'Iterator', 'TextEncoder', 'TextDecoder', 'process', 'console',
]; // prettier-ignore

type State = [object: object, extensible: boolean, prototype: object | null, fields: Map<PropertyKey, unknown[]>];

/** Remembers the built-ins as they are; the returned function names the first one that has changed since. */
export function watchBuiltIns(outside: Outside): () => string | undefined {
  const holders = holdersOf(outside);
  const before = holders.map(([, holder]) => stateOf(holder));
  const names = watched.map((name) => [name, valueOf(outside.global, name)] as const);

  return () => {
    for (const [name, value] of names) if (valueOf(outside.global, name) !== value) return name;
    for (const [i, [label, holder]] of holders.entries()) {
      const changed = difference(before[i]!, stateOf(holder), label);
      if (changed !== undefined) return changed === '' ? label : `${label}.${changed}`;
    }
    return undefined;
  };
}

/** The built-ins, their prototypes, and what is reached through values only. */
function holdersOf(outside: Outside): [string, object][] {
  const holders: [string, object][] = [];
  const add = (label: string, x: unknown) => {
    if ((typeof x === 'object' && x !== null) || typeof x === 'function') holders.push([label, x]);
  };
  for (const name of watched) {
    const holder = valueOf(outside.global, name);
    add(name, holder);
    if (typeof holder === 'function') add(`${name}.prototype`, valueOf(holder, 'prototype'));
  }
  const typed = outside.prototypeOf(outside.typed.Float64Array);
  add('TypedArray', typed);
  add('TypedArray.prototype', typed && valueOf(typed, 'prototype'));
  const iterator = outside.apply(outside.get(outside.makeArray(), 'values'), outside.makeArray(), []) as object;
  add('the iterator of arrays', outside.prototypeOf(iterator));
  return holders;
}

const valueOf = (holder: object, key: PropertyKey): unknown =>
  Reflect.getOwnPropertyDescriptor(holder, key)?.value as unknown;

function stateOf(holder: object): State {
  const fields = new Map<PropertyKey, unknown[]>();
  for (const key of Reflect.ownKeys(holder)) {
    const { value, get, set, writable } = Reflect.getOwnPropertyDescriptor(holder, key)!;
    fields.set(key, [value, get, set, writable]);
  }
  return [holder, Reflect.isExtensible(holder), Reflect.getPrototypeOf(holder), fields];
}

/** The name of the first field that differs, or an empty one for the object itself. */
function difference(was: State, is: State, label: string): string | undefined {
  for (const key of new Set([...was[3].keys(), ...is[3].keys()])) {
    // Math.random is seeded by the grader itself.
    if (label === 'Math' && key === 'random') continue;
    const [before, after] = [was[3].get(key), is[3].get(key)];
    const same = before?.length === after?.length && [...(before ?? [])].every((part, i) => Object.is(part, after![i]));
    if (!same) return String(key);
  }
  return was[1] === is[1] && was[2] === is[2] ? undefined : '';
}
