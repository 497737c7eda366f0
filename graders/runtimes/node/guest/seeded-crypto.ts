/**
 * What stands for `crypto` where the student's code runs: numbers that nobody foresees, which here follow from the grader's seed, so
 * that equal programs get equal grades. Node's own is put together when it is first used, before the eyes of the program.
 */
import { typedBuffer, typedLength, typedOffset, typedTag } from './intrinsics.ts';
import { define } from './make.ts';
import type { Bag, Outside } from './outside.ts';

const bytesOf: Readonly<Record<string, number>> = {
  ...{ Int8Array: 1, Uint8Array: 1, Uint8ClampedArray: 1, Int16Array: 2, Uint16Array: 2 },
  ...{ Int32Array: 4, Uint32Array: 4, BigInt64Array: 8, BigUint64Array: 8 },
};
/** As everywhere. */
const mostBytes = 65_536;
/** The digit at which an identifier says that it was drawn, and the one whose first bits are fixed. */
const [versionAt, variantAt] = [12, 16];

/** Puts it where Node's own was taken away; `next` gives a number between 0 and 1. */
export function putCrypto(outside: Outside, next: () => number): void {
  if (Object.hasOwn(outside.global, 'crypto')) return;
  define(outside.global, 'crypto', makeCrypto(outside, next));
}

function makeCrypto(outside: Outside, next: () => number): Bag {
  const getRandomValues = (x: unknown): unknown => {
    const tag = (typeof x === 'object' && x !== null && typedTag(x)) || '';
    const bytes = bytesOf[tag] === undefined ? NaN : typedLength(x) * bytesOf[tag];
    if (Number.isNaN(bytes))
      throw outside.makeError('TypeMismatchError', 'The data argument must be an integer-type TypedArray');
    if (bytes > mostBytes)
      throw outside.makeError('QuotaExceededError', `The requested length exceeds ${mostBytes} bytes`);
    const view = new Uint8Array(typedBuffer(x), typedOffset(x), bytes);
    for (let i = 0; i < bytes; i++) view[i] = next() * 256;
    return x;
  };
  const digit = (i: number) => {
    if (i === versionAt) return '4';
    return Math.floor(i === variantAt ? 8 + 4 * next() : 16 * next()).toString(16);
  };
  const randomUUID = () => {
    const digits = Array.from({ length: 32 }, (_, i) => digit(i)).join('');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
  const made = outside.makeObject();
  define(
    made,
    'getRandomValues',
    outside.makeFunction('getRandomValues', (_, args) => getRandomValues(args[0])),
  );
  define(made, 'randomUUID', outside.makeFunction('randomUUID', randomUUID));
  return made;
}
