/** Arguments on their way in: WireArg and bytes → objects of the student's realm. */
import type { Precision } from '../../../model/guest.ts';
import type { DType } from '../../../model/numbers.ts';
import { elementBytes, sizeOf, type WireArg, type WireArray } from '../../../protocol/wire.ts';
import { buildModel } from './build-model.ts';
import type { Handles } from './handles.ts';
import type { Tf } from './tf.ts';
import { define, makeList } from './make.ts';
import type { Outside } from './outside.ts';
import { makeTape } from './tape.ts';

interface InwardTools {
  outside: Outside;
  precision: Precision;
  handles: Handles;
  /** Present whenever `needsLibrary` says so of the arguments. */
  tf: Tf | undefined;
}

/** Whether these arguments hold tensors, variables or models. */
export function needsLibrary(args: readonly WireArg[]): boolean {
  return args.some((arg) => {
    if (arg === null || typeof arg !== 'object') return false;
    if (arg.t === 'array') return arg.container === 'tensor' || arg.container === 'variable';
    if (arg.t === 'list') return needsLibrary(arg.items);
    if (arg.t === 'record') return needsLibrary(arg.entries.map(([, item]) => item));
    return arg.t === 'network';
  });
}

/** Makes the arguments in the order in which they were sent, so that each array finds its bytes. */
export function makeArgs(tools: InwardTools, args: readonly WireArg[], binary: Uint8Array): unknown[] {
  const { outside, handles } = tools;
  let at = 0;
  const take = (length: number) => binary.slice(at, (at += length));

  const make = (arg: WireArg): unknown => {
    if (arg === null || typeof arg !== 'object') return arg;
    switch (arg.t) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(arg.v);
      case 'array':
        return makeArray(tools, arg, take(sizeOf(arg.shape) * elementBytes[arg.stored ?? arg.dtype]));
      case 'list': {
        const list = outside.makeArray();
        arg.items.forEach((item, i) => define(list, i, make(item)));
        return list;
      }
      case 'record': {
        const record = outside.makeObject();
        for (const [key, item] of arg.entries) define(record, key, make(item));
        return record;
      }
      case 'handle':
        return handles.get(arg.id);
      case 'network':
        return buildModel(outside, tools.tf!, {
          inputShape: arg.inputShape,
          layers: arg.layers.map((layer) => ({ ...layer, weights: layer.weights.map(make) })),
        });
      case 'bytes':
        return makeTyped(outside, 'uint8', take(arg.length));
      case 'rng': {
        const [normals, uniforms] = [take(arg.normals * 8), take(arg.uniforms * 8)];
        return makeTape(outside, {
          seed: arg.seed,
          normals: new Float64Array(normals.buffer),
          uniforms: new Float64Array(uniforms.buffer),
        });
      }
    }
  };
  return args.map(make);
}

function makeArray(tools: InwardTools, node: WireArray, bytes: Uint8Array): unknown {
  const { outside, tf, precision } = tools;
  const stored = node.stored ?? node.dtype;
  switch (node.container) {
    case 'scalar':
      return viewOf(stored, bytes)[0];
    case 'typed':
      return makeTyped(outside, stored, bytes);
    case 'nested':
      return makeNested(outside, viewOf(stored, bytes), node);
    case 'ndarray': {
      const record = outside.makeObject();
      define(record, 'data', makeTyped(outside, stored, bytes));
      define(record, 'shape', makeList(outside, node.shape));
      return record;
    }
    case 'tensor':
    case 'variable': {
      const dtype =
        node.dtype === 'bool' ? 'bool' : node.dtype === 'float32' || node.dtype === 'float64' ? 'float32' : 'int32';
      const data =
        stored === 'float64' && precision === 'single'
          ? makeTyped(outside, 'float32', new Uint8Array(Float32Array.from(viewOf(stored, bytes)).buffer))
          : makeTyped(outside, stored, bytes);
      // Where the program has put something else in place of the library's own parts, that is called from its own realm.
      const tensor = outside.apply(tf!.tensor, undefined, [data, makeList(outside, node.shape), dtype]);
      return node.container === 'variable' ? outside.apply(tf!.variable, undefined, [tensor]) : tensor;
    }
  }
}

function viewOf(stored: DType, bytes: Uint8Array): ArrayLike<number> {
  const buffer = bytes.buffer as ArrayBuffer;
  if (stored === 'float32') return new Float32Array(buffer);
  if (stored === 'float64') return new Float64Array(buffer);
  return stored === 'int32' ? new Int32Array(buffer) : new Uint8Array(buffer);
}

function makeTyped(outside: Outside, stored: DType, bytes: Uint8Array): unknown {
  const buffer = outside.makeBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  const names = { float32: 'Float32Array', float64: 'Float64Array', int32: 'Int32Array' } as const;
  const name = stored === 'uint8' || stored === 'bool' ? 'Uint8Array' : names[stored];
  return new outside.typed[name](buffer);
}

function makeNested(outside: Outside, data: ArrayLike<number>, node: WireArray): unknown {
  let at = 0;
  const convert = (x: number) => (node.dtype === 'bool' ? x !== 0 : x);
  const level = (depth: number): unknown => {
    if (depth === node.shape.length) return convert(data[at++]!);
    const list = outside.makeArray();
    for (let i = 0; i < node.shape[depth]!; i++) list[i] = level(depth + 1);
    return list;
  };
  return level(0);
}
