/**
 * Which memory stands for which in double precision. What cannot be told stops, since it is better to have no answer than that of
 * other numbers: a program is judged on its answer in single precision then.
 */
import { copyTyped, typedBytes, typedBuffer, typedLength, typedOffset } from './intrinsics.ts';
import type { Bag, Outside } from './outside.ts';

const bytesSingle = 4;
const bytesDouble = 8;

export type Numbers = (new (...args: unknown[]) => object) & Bag;

const getterOf = (kind: { prototype: object }, key: string) =>
  Object.getOwnPropertyDescriptor(kind.prototype, key)?.get as ((this: unknown) => unknown) | undefined;
const lengths = [ArrayBuffer, SharedArrayBuffer].map((kind) => getterOf(kind, 'byteLength')!);
// Which not every Node has.
const growths = [getterOf(ArrayBuffer, 'resizable'), getterOf(SharedArrayBuffer, 'growable')];

/** What the first of the getters that knows this kind of object says of it. */
function asked(getters: readonly (((this: unknown) => unknown) | undefined)[], x: unknown): unknown {
  for (const getter of getters) {
    try {
      if (getter !== undefined) return Reflect.apply(getter, x, []);
    } catch {
      // It is of the other kind, or of none.
    }
  }
  return undefined;
}

export const isBuffer = (x: unknown): x is ArrayBuffer => asked(lengths, x) !== undefined;

/** What takes memory from its owner, or gives it another size. */
const moves = ['transfer', 'transferToFixedLength', 'resize', 'grow'];

export function createMemory(outside: Outside, Single: Numbers, Double: Numbers) {
  const shadows = new WeakMap<object, ArrayBuffer>();
  const originals = new WeakMap<object, ArrayBuffer>();
  /** Memory of float64 numbers that the program has got hold of. */
  const wide = new WeakSet<object>();

  const stop = () => {
    throw outside.makeError('RangeError', 'places in memory are others in double precision');
  };
  /** A part of wide memory, whose places may have been counted either way. */
  const whole = (from: unknown) => {
    if (outside.number(from ?? 0) !== 0) stop();
  };
  /** Copies of it are those of the float64 numbers in `real`. */
  const close = (buffer: ArrayBuffer, real: ArrayBuffer) => {
    const define = (name: string, value: unknown) =>
      void Reflect.defineProperty(buffer, name, { value, configurable: true });
    define(
      'slice',
      outside.makeFunction('slice', (_, args) => {
        whole(args[0]);
        if (args[1] !== undefined) stop();
        const bytes = typedBytes(new Uint8Array(real));
        const copied = outside.makeBuffer(bytes.length);
        new Uint8Array(copied).set(bytes);
        return handOut(copied);
      }),
    );
    for (const name of moves) define(name, outside.makeFunction(name, stop));
  };
  const shadowOf = (buffer: ArrayBuffer): ArrayBuffer => {
    const known = shadows.get(buffer);
    if (known !== undefined) return known;
    if (asked(growths, buffer) === true) stop();
    const count = Math.floor((asked(lengths, buffer) as number) / bytesSingle);
    const shadow = outside.makeBuffer(count * bytesDouble);
    copyTyped(new Double(shadow), new Single(buffer, 0, count));
    shadows.set(buffer, shadow);
    originals.set(shadow, buffer);
    close(buffer, shadow);
    return shadow;
  };
  const handOut = (buffer: ArrayBuffer): ArrayBuffer => {
    if (wide.has(buffer)) return buffer;
    wide.add(buffer);
    close(buffer, buffer);
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
      const wanted = new Single(buffer, from, count);
      return new Double(shadowOf(buffer), typedOffset(wanted) * (bytesDouble / bytesSingle), typedLength(wanted));
    },
    /** To be called before memory is looked at as anything else than floats: the bytes of floats are not there. */
    viewOtherwise(buffer: unknown): void {
      if (typeof buffer === 'object' && buffer !== null && (wide.has(buffer) || shadows.has(buffer))) stop();
    },
    /** What `.buffer` gives: the program's own memory, where numbers stand in for it. */
    bufferOf(numbers: unknown): ArrayBuffer {
      const real = typedBuffer(numbers);
      return originals.get(real) ?? handOut(real);
    },
  };
}
