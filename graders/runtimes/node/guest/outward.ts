/**
 * Results on their way out: anything a student's program may return → Wire and bytes. Getters, proxies and iterators run
 * here, inside, and nowhere else; what cannot be carried is named instead.
 */
import type { NdArray } from '../../../model/numbers.ts';
import { binaryCap } from '../../../protocol/frame.ts';
import {
  depthCap,
  elementBytes,
  isShape,
  numberToWire,
  sizeOf,
  type Wire,
  type WireArray,
} from '../../../protocol/wire.ts';
import type { Handles } from './handles.ts';
import { entriesOf, isArray, isMap, isSet, itemsOf, typedBytes, typedNumbers, typedTag } from './intrinsics.ts';
import type { Tf } from './tf.ts';
import { classNameOf, copyOf, gettersOf, isErrorLike, keysOf, staysInside, textOf } from './look.ts';
import { lengthOf, readMatrix, readNested, type Regular } from './nested.ts';
import type { Outside } from './outside.ts';
import { cut, GuestTrouble } from './trouble.ts';

export interface Outward {
  /** `handle` keeps an object inside and tells its number; primitives cross in any case. */
  encode(x: unknown, keep: 'value' | 'handle'): Wire;
  tensor(x: unknown): WireArray;
  binary: Uint8Array[];
}

const nodeCap = 100_000;
const textCap = 2 ** 20;
const opaque = (what: string): Wire => ({ t: 'opaque', what });
/** Typed arrays whose bytes cross as they are. */
const exactly: Readonly<Record<string, WireArray['dtype']>> = {
  Float32Array: 'float32',
  Float64Array: 'float64',
  Int32Array: 'int32',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
};

/** `room` is how many numbers the grader takes: of what is larger it is told, and gets nothing. */
export function createOutward(outside: Outside, handles: Handles, tf: Tf | undefined, room: number): Outward {
  const binary: Uint8Array[] = [];
  let bytes = 0;
  let elements = 0;
  let nodes = 0;
  let letters = 0;
  const above: object[] = [];
  let computing = false;

  const carry = (
    container: NdArray['container'],
    dtype: WireArray['dtype'],
    shape: number[],
    data: Uint8Array,
  ): WireArray => {
    bytes += data.length;
    elements += sizeOf(shape);
    if (bytes > binaryCap || elements > room) {
      throw new GuestTrouble({ kind: 'large', message: 'more numbers than the grader accepts' });
    }
    binary.push(data);
    return { t: 'array', container, dtype, shape };
  };

  const regular = (container: NdArray['container'], { dtype, shape, data }: Regular): WireArray => {
    if (dtype === 'bool') return carry(container, dtype, shape, Uint8Array.from(data));
    const typed = dtype === 'float32' ? Float32Array.from(data) : data;
    return carry(container, dtype, shape, new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength));
  };

  const typedArray = (tag: string, x: unknown): Wire => {
    const dtype = exactly[tag];
    if (dtype !== undefined) {
      const data = typedBytes(x);
      return carry('typed', dtype, [data.length / elementBytes[dtype]], data);
    }
    const data = typedNumbers(x);
    return data ? regular('typed', { dtype: 'float64', shape: [data.length], data }) : opaque(`a ${tag}`);
  };

  const tensor = (x: unknown): Wire => {
    const [dtype, claimed] = [outside.get(x, 'dtype'), outside.get(x, 'shape')];
    if (outside.get(x, 'isDisposed') === true) return opaque('a disposed tensor');
    if (dtype === 'complex64') return opaque('a complex tensor');
    const data = outside.apply(outside.get(tf!.Tensor.prototype, 'dataSync'), x, []);
    if (dtype === 'string') return encode(data);
    const shape = isArray(claimed) ? [...(readNested(outside, claimed)?.data ?? [])] : [NaN];
    const [tag, numbers] = [typedTag(data), typedNumbers(data)];
    // There may be as many of one dimension as one likes where another is 0.
    if (numbers?.length === 0 && shape.includes(0) && !isShape(shape))
      return opaque(cut(`a tensor of the shape [${shape.join(', ')}]`, 190));
    if (!isShape(shape) || numbers?.length !== sizeOf(shape)) {
      return opaque('a tensor whose shape does not fit its numbers');
    }
    const container = outside.inherits(x, tf!.Variable.prototype) ? 'variable' : 'tensor';
    // What a tensor says of its type need not be that of its numbers.
    if (dtype === 'bool') return carry(container, 'bool', shape, Uint8Array.from(numbers));
    const exact = tag === undefined ? undefined : exactly[tag];
    if (exact === undefined) return regular(container, { dtype: 'float64', shape, data: numbers });
    return carry(container, exact, shape, typedBytes(data));
  };

  const handle = (x: object): Wire => ({
    t: 'handle',
    id: handles.keep(x),
    type: typeof x === 'function' ? 'function' : 'object',
    className: classNameOf(outside, x),
    keys: keysOf(outside, x),
  });

  const list = (length: number, item: (i: number) => unknown): Wire => {
    if (!(length <= nodeCap - nodes)) return opaque(`a list of ${length} items`);
    return { t: 'list', items: Array.from({ length }, (_, i) => encode(item(i))) };
  };

  const entry = (key: string, read: () => unknown): [string, Wire] => {
    try {
      return [cut(key, 900), encode(read())];
    } catch (error) {
      if (GuestTrouble.is(error)) throw error;
      return [cut(key, 900), opaque('a property that throws when it is read')];
    }
  };

  const record = (x: object): Wire => {
    // What a getter computes is a value like any other; objects that come out of one are not asked for theirs, which may have no end.
    const computed = computing ? [] : gettersOf(outside, x);
    const keys = copyOf(outside.keys(x));
    if (keys.length > nodeCap - nodes) return opaque(`an object of ${keys.length} properties`);
    const entries = keys.map((key) => entry(key, () => outside.get(x, key)));
    computing ||= computed.length > 0;
    entries.push(...computed.map((key) => entry(key, () => outside.get(x, key))));
    if (computed.length > 0) computing = false;
    const className = classNameOf(outside, x);
    return className === 'Object' ? { t: 'record', entries } : { t: 'record', entries, className };
  };

  const map = (x: Map<unknown, unknown>): Wire => {
    const entries = entriesOf(x);
    if (entries.length > nodeCap - nodes) return opaque(`a map of ${entries.length} entries`);
    return { t: 'record', entries: entries.map(([key, item]) => entry(textOf(key), () => item)), className: 'Map' };
  };

  const object = (x: object): Wire => {
    if (outside.isPromise(x)) return opaque('a promise that was not awaited');
    if (staysInside(x, outside, tf)) return handle(x);
    if (isArray(x)) {
      const numbers = readNested(outside, x);
      return numbers ? regular('nested', numbers) : list(lengthOf(outside, x), (i) => outside.get(x, i));
    }
    if (isMap(x)) return map(x);
    if (isSet(x)) {
      const items = itemsOf(x);
      return list(items.length, (i) => items[i]);
    }
    if (isErrorLike(outside, x)) {
      const parts = ['name', 'message'].map((key) => entry(key, () => outside.get(x, key)));
      return { t: 'record', entries: parts };
    }
    const matrix = readMatrix(outside, x);
    return matrix ? regular('ndarray', matrix) : record(x);
  };

  const encode = (x: unknown): Wire => {
    if (++nodes > nodeCap) return opaque('more values than the grader accepts');
    switch (typeof x) {
      case 'undefined':
        return { t: 'undefined' };
      case 'number':
        return numberToWire(x);
      case 'boolean':
        return x;
      case 'string':
        letters += x.length;
        return letters > textCap ? opaque(`a text of ${x.length} letters`) : x;
      case 'bigint':
        return opaque('a bigint');
      case 'symbol':
        return opaque('a symbol');
      case 'function':
        return handle(x);
      case 'object':
        return x === null ? null : branch(x);
    }
  };

  const branch = (x: object): Wire => {
    if (above.includes(x)) return opaque('a reference back to an object that holds it');
    if (above.length >= depthCap) return opaque('values nested too deep');
    above.push(x);
    try {
      const tag = typedTag(x);
      if (tag !== undefined) return typedArray(tag, x);
      return tf && outside.inherits(x, tf.Tensor.prototype) ? tensor(x) : object(x);
    } catch (error) {
      if (GuestTrouble.is(error)) throw error;
      return opaque('an object that throws when it is read');
    } finally {
      above.pop();
    }
  };

  return {
    binary,
    encode: (x, keep) =>
      keep === 'handle' && ((typeof x === 'object' && x !== null) || typeof x === 'function') ? handle(x) : encode(x),
    tensor: (x) => {
      const wire = tensor(x);
      if (typeof wire === 'object' && wire?.t === 'array') return wire;
      throw new GuestTrouble({ kind: 'threw', message: 'a weight of the model is not a tensor with values' });
    },
  };
}
