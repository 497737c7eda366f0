/** Arguments on their way in: Arg → WireArg and the bytes that go with it. */
import type { Arg, Precision } from '../model/guest.ts';
import type { LayerPlan } from '../model/network.ts';
import type { DType, NdArray } from '../model/numbers.ts';
import { binaryCap } from './frame.ts';
import { numberToWire, sizeOf, type WireArg, type WireArray, type WireLayer } from './wire.ts';

interface Outgoing {
  args: WireArg[];
  binary: Uint8Array[];
}

/** Encodes arguments in order. Throws a plain Error (the check's own mistake) when data and shape disagree or are too large. */
export function encodeArgs(args: readonly Arg[], precision: Precision): Outgoing {
  const binary: Uint8Array[] = [];
  let total = 0;
  const push = (bytes: Uint8Array) => {
    total += bytes.length;
    if (total > binaryCap) throw new Error(`The arguments are larger than ${binaryCap} bytes; send less at a time.`);
    binary.push(bytes);
  };

  const array = (x: NdArray): WireArray => {
    if (x.data.length !== sizeOf(x.shape)) {
      throw new Error(`An argument of shape [${x.shape.join(', ')}] carries ${x.data.length} numbers.`);
    }
    const stored: DType = x.dtype === 'float32' && precision === 'double' ? 'float64' : x.dtype;
    push(bytesOf(x.data, stored));
    const node: WireArray = { t: 'array', container: x.container, dtype: x.dtype, shape: [...x.shape] };
    return stored === x.dtype ? node : { ...node, stored };
  };

  const layer = (plan: LayerPlan): WireLayer => ({
    ...plan,
    weights: plan.kind === 'dense' ? (plan.weights ?? []).map(array) : [],
  });

  const draws = (numbers: readonly number[] | undefined) => {
    push(bytesOf(Float64Array.from(numbers ?? []), 'float64'));
    return numbers?.length ?? 0;
  };

  const encode = (x: Arg): WireArg => {
    if (x === undefined) return { t: 'undefined' };
    if (typeof x === 'number') return numberToWire(x);
    if (x === null || typeof x !== 'object') return x;
    switch (x.kind) {
      case 'array':
        return array(x);
      case 'list':
        return { t: 'list', items: x.items.map(encode) };
      case 'record':
        return { t: 'record', entries: Object.entries(x.entries).map(([key, item]) => [key, encode(item)]) };
      case 'handle':
        return { t: 'handle', id: x.id };
      case 'network':
        return { t: 'network', inputShape: [...x.inputShape], layers: x.layers.map(layer) };
      case 'bytes':
        push(x.data);
        return { t: 'bytes', length: x.data.length };
      case 'rng':
        return { t: 'rng', seed: x.seed, normals: draws(x.normals), uniforms: draws(x.uniforms) };
    }
  };

  return { args: args.map(encode), binary };
}

function bytesOf(data: Float64Array, stored: DType): Uint8Array {
  const typed = narrow(data, stored);
  return new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength);
}

function narrow(data: Float64Array, stored: DType) {
  switch (stored) {
    case 'float32':
      return new Float32Array(data);
    case 'float64':
      return data;
    case 'int32':
      return new Int32Array(data);
    case 'uint8':
      return new Uint8Array(data);
    case 'bool':
      return Uint8Array.from(data, (x) => (x === 0 ? 0 : 1));
  }
}
