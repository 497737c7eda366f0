/** Whatever a program keeps numbers in, as the grader's array: plain numbers, rows, typed arrays, tensors of TensorFlow.js. */
import type { DType, NdArray } from '../model/numbers.ts';
import type { Nested } from '../numerics/arrays.ts';
import { arrayOf, makeArray } from '../numerics/arrays.ts';

/** A tensor or variable of the library, or anything that reads like one. */
interface TensorObject {
  shape: readonly number[];
  dtype?: string;
  dataSync(): ArrayLike<number>;
}

/** Numbers beside their shape, as some programs keep them. */
interface Flat {
  shape: readonly number[];
  data: ArrayLike<number>;
}

export type TensorLike = Nested | TensorObject | Flat;

/** The value as an array; throws a TypeError that says what it is where it holds no numbers. */
export function tensorOf(value: unknown, what: string): NdArray {
  if (typeof value === 'number') return makeArray([], [value]);
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${what} should be numbers; it is ${inWords(value)}.`);
  if ('dataSync' in value && typeof value.dataSync === 'function') {
    const { shape, dtype } = value as TensorObject;
    return makeArray(shape, (value as TensorObject).dataSync(), { container: 'tensor', dtype: dtypeOf(dtype) });
  }
  if ('data' in value && 'shape' in value) {
    const { shape, data } = value as Flat;
    return makeArray(shape, data, { container: 'ndarray', dtype: dtypeOf(data.constructor.name) });
  }
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return nested(value as Nested, what);
  throw new TypeError(`${what} should be numbers; it is ${inWords(value)}.`);
}

function nested(value: Nested, what: string): NdArray {
  try {
    return arrayOf(value, { dtype: dtypeOf(innermost(value)?.constructor.name) });
  } catch (error) {
    throw new TypeError(`${what} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}

const innermost = (value: Nested): object | undefined => {
  if (typeof value === 'number') return undefined;
  const [first] = Array.from(value as ArrayLike<Nested>);
  return typeof first === 'object' ? innermost(first) : value;
};

const dtypeOf = (name: string | undefined): DType =>
  name === 'float32' || name === 'Float32Array'
    ? 'float32'
    : name === 'int32' || name === 'Int32Array'
      ? 'int32'
      : 'float64';

const inWords = (value: unknown): string => {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'function') return 'a function';
  if (value instanceof Promise) return 'a promise: put await before it';
  return typeof value === 'object'
    ? `an object with ${Object.keys(value).slice(0, 6).join(', ') || 'no fields'}`
    : `the ${typeof value} ${JSON.stringify(value)}`;
};
