/**
 * Double precision for programs that were written for single: what they make as a Float32Array holds float64 numbers. Bytes
 * are where that could show. A view of memory counts in the four bytes of a float32, so every ArrayBuffer that is looked at
 * as floats gets a shadow of twice its size, which all such views share; views and places come out as in single precision.
 */
import { createMemory, isBuffer, type Numbers } from './double-memory.ts';
import { typedTag } from './intrinsics.ts';
import { copyOf } from './look.ts';
import type { Callable, Outside } from './outside.ts';

const bytesSingle = 4;

/** From here on, `new Float32Array` in the student's realm makes float64 arrays; must run before tfjs is loaded. */
export function promoteToDouble(outside: Outside): void {
  const { Float32Array: Single, Float64Array: Double } = outside.typed as Record<string, Numbers>;
  const memory = createMemory(outside, Single!, Double!);
  const make = (args: ArrayLike<unknown>): object =>
    isBuffer(args[0]) ? memory.view(args[0], args[1], args[2]) : Reflect.construct(Double!, copyOf(args));

  const standIn = outside.makeFunction('Float32Array', (self, args) => {
    const made = make(args);
    const prototype = typeof self === 'object' && self !== null ? outside.prototypeOf(self) : null;
    // A class of the student's that extends it keeps its methods.
    if (prototype !== null && prototype !== Double!.prototype && typedTag(made) === 'Float64Array') {
      Reflect.setPrototypeOf(made, prototype);
    }
    return made;
  });
  const define = (holder: object, key: PropertyKey, value: unknown) =>
    void Object.defineProperty(holder, key, { value, configurable: true, writable: true });
  Object.defineProperty(standIn, 'prototype', { value: Double!.prototype, writable: false });
  define(standIn, 'BYTES_PER_ELEMENT', bytesSingle);
  for (const name of ['from', 'of'] as const) {
    const original = Double![name] as Callable;
    define(
      standIn,
      name,
      outside.makeFunction(name, (_, args) => outside.apply(original, Double, args)),
    );
  }
  const isEither = (x: unknown) => ['Float32Array', 'Float64Array'].includes(typedTag(x) ?? '');
  define(
    standIn,
    Symbol.hasInstance,
    outside.makeFunction('[Symbol.hasInstance]', (_, args) => isEither(args[0])),
  );
  define(Double!.prototype, 'constructor', standIn);
  Object.defineProperty(Double!.prototype, 'buffer', {
    get: outside.makeFunction('get buffer', (self) => memory.bufferOf(self)) as () => unknown,
    configurable: true,
  });
  outside.global['Float32Array'] = standIn;
  for (const name of otherViews) watchView(outside, name, memory);
}

/** Kinds of views that are not of floats. */
const otherViews = [
  ...['DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'],
  ...['Uint32Array', 'BigInt64Array', 'BigUint64Array'],
];

/** The constructor itself, but for memory in which the bytes of floats are looked for. */
function watchView(outside: Outside, name: string, memory: ReturnType<typeof createMemory>): void {
  const original = outside.global[name] as Numbers;
  const construct = outside.makeFunction('construct', (_, trapped) => {
    const args = copyOf(trapped[1] as ArrayLike<unknown>);
    memory.viewOtherwise(args[0]);
    return Reflect.construct(original, args, trapped[2] as Callable);
  });
  const traps = outside.makeObject();
  traps['construct'] = construct;
  const watched = outside.makeProxy(original, traps);
  const field = { value: watched, configurable: true, writable: true };
  Object.defineProperty(original['prototype'], 'constructor', field);
  Object.defineProperty(outside.global, name, field);
}
