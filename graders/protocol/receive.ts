/** Values on their way out: Wire and bytes → Value. Everything here was written by the student's process. */
import type { Value } from '../model/guest.ts';
import type { NetworkDescription } from '../model/network.ts';
import type { DType, NdArray } from '../model/numbers.ts';
import { ProtocolBreak } from './frame.ts';
import type { WireDescription } from './messages.ts';
import { depthCap, elementBytes, elementCap, sizeOf, type Wire, type WireArray } from './wire.ts';

export interface Decoder {
  value(wire: Wire): Value;
  description(wire: WireDescription): NetworkDescription;
  /** Numbers in the arrays so far. */
  numbers(): number;
  /** Objects that stay inside, by number. */
  handles(): readonly number[];
  /** Throws ProtocolBreak unless the arrays used up the bytes exactly. */
  end(): void;
}

/** Decodes the values of one reply, in the order in which they were written; throws ProtocolBreak where bytes and shapes disagree. */
export function createDecoder(binary: Uint8Array, room = elementCap): Decoder {
  let at = 0;
  let elements = 0;
  const handles: number[] = [];

  const array = (node: WireArray): NdArray => {
    const size = sizeOf(node.shape);
    elements += size;
    // Compared before multiplying further: a product beyond 2^53 must not slip through rounding.
    if (!(elements <= room)) throw new ProtocolBreak('a reply holds too many numbers');
    const end = at + size * elementBytes[node.dtype];
    if (end > binary.length) throw new ProtocolBreak('an array is larger than its bytes');
    const data = widen(binary, at, size, node.dtype);
    at = end;
    return { kind: 'array', container: node.container, dtype: node.dtype, shape: node.shape, data };
  };

  const record = (entries: [string, Wire][], depth: number) => {
    // No prototype: a key such as `constructor` or `__proto__` is then a key like any other.
    const result = Object.create(null) as Record<string, Value>;
    for (const [key, item] of entries) result[key] = value(item, depth + 1);
    return result;
  };

  const value = (wire: Wire, depth = 0): Value => {
    if (wire === null || typeof wire !== 'object') return wire;
    if (depth > depthCap + 4) throw new ProtocolBreak('a reply is nested too deep');
    switch (wire.t) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(wire.v);
      case 'array':
        return array(wire);
      case 'list':
        return { kind: 'list', items: wire.items.map((item) => value(item, depth + 1)) };
      case 'record': {
        const { t, entries, ...about } = wire;
        return { kind: t, entries: record(entries, depth), ...about };
      }
      case 'handle':
        handles.push(wire.id);
        return { kind: 'handle', id: wire.id, type: wire.type, className: wire.className, keys: wire.keys };
      case 'opaque':
        return { kind: 'opaque', what: wire.what };
    }
  };

  return {
    value,
    numbers: () => elements,
    handles: () => handles,
    description: (wire) => ({
      ...wire,
      layers: wire.layers.map((layer) => ({ ...layer, weights: layer.weights.map(array) })),
    }),
    end: () => {
      if (at !== binary.length) throw new ProtocolBreak('bytes are left over after the last array');
    },
  };
}

/** Copied once: into numbers of their own, from a view of the bytes where those lie as the processor wants them. */
function widen(binary: Uint8Array, at: number, size: number, dtype: DType): Float64Array {
  const bytes = elementBytes[dtype];
  const isAligned = (binary.byteOffset + at) % bytes === 0;
  const [buffer, from] = isAligned
    ? [binary.buffer, binary.byteOffset + at]
    : [binary.slice(at, at + size * bytes).buffer, 0];
  switch (dtype) {
    case 'float32':
      return new Float64Array(new Float32Array(buffer, from, size));
    case 'float64':
      return new Float64Array(new Float64Array(buffer, from, size));
    case 'int32':
      return new Float64Array(new Int32Array(buffer, from, size));
    case 'uint8':
    case 'bool':
      return new Float64Array(new Uint8Array(buffer, from, size));
  }
}
