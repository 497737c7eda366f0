/**
 * Double precision for programs that were written for single: what they make as a Float32Array holds float64 numbers. Bytes
 * are where that could show. A view of memory counts in the four bytes of a float32, so every ArrayBuffer that is looked at
 * as floats gets a shadow of twice its size, which all such views share; views and places come out as in single precision.
 */
import { copyTyped, typedBytes, typedBuffer, typedLength, typedOffset, typedTag } from './intrinsics.ts';
import { copyOf } from './look.ts';
import type { Bag, Callable, Outside } from './outside.ts';

const bytesSingle = 4;
const bytesDouble = 8;

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
}

type Numbers = (new (...args: unknown[]) => object) & Bag;

const bytesIn = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength')!.get as (this: unknown) => number;

function isBuffer(x: unknown): x is ArrayBuffer {
  try {
    Reflect.apply(bytesIn, x, []);
    return true;
  } catch {
    return false;
  }
}

/** Which memory stands for which. */
function createMemory(outside: Outside, Single: Numbers, Double: Numbers) {
  const shadows = new WeakMap<object, ArrayBuffer>();
  const originals = new WeakMap<object, ArrayBuffer>();
  /** Memory of float64 numbers that the program has got hold of. */
  const wide = new WeakSet<object>();

  const shadowOf = (buffer: ArrayBuffer): ArrayBuffer => {
    const known = shadows.get(buffer);
    if (known !== undefined) return known;
    const count = Math.floor((Reflect.apply(bytesIn, buffer, []) as number) / bytesSingle);
    const shadow = outside.makeBuffer(count * bytesDouble);
    copyTyped(new Double(shadow), new Single(buffer, 0, count));
    shadows.set(buffer, shadow);
    originals.set(shadow, buffer);
    return shadow;
  };
  /** A part of wide memory, whose places may have been counted either way: better no answer than another part. */
  const whole = (from: unknown) => {
    if (outside.number(from ?? 0) !== 0)
      throw outside.makeError('RangeError', 'places in memory are others in double precision');
  };
  const handOut = (buffer: ArrayBuffer): ArrayBuffer => {
    if (wide.has(buffer)) return buffer;
    wide.add(buffer);
    const copy = outside.makeFunction('slice', (_, args) => {
      whole(args[0]);
      if (args[1] !== undefined) whole(1);
      const bytes = typedBytes(new Uint8Array(buffer));
      const copied = outside.makeBuffer(bytes.length);
      new Uint8Array(copied).set(bytes);
      return handOut(copied);
    });
    Object.defineProperty(buffer, 'slice', { value: copy, configurable: true });
    return buffer;
  };

  return {
    /** The float64 numbers that stand where the program asked for float32 ones. */
    view(buffer: ArrayBuffer, from: unknown, count: unknown): object {
      if (wide.has(buffer)) {
        whole(from);
        return new Double(buffer, 0, count);
      }
      // Wrong places throw here as they do in single precision.
      const asked = new Single(buffer, from, count);
      return new Double(shadowOf(buffer), typedOffset(asked) * (bytesDouble / bytesSingle), typedLength(asked));
    },
    /** What `.buffer` gives: the program's own memory, where numbers stand in for it. */
    bufferOf(numbers: unknown): ArrayBuffer {
      const real = typedBuffer(numbers);
      return originals.get(real) ?? handOut(real);
    },
  };
}
