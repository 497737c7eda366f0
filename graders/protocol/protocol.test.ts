import { describe, expect, it } from 'vitest';
import type { NdArray } from '../model/numbers.ts';
import { binaryCap, encodeHeader, jsonCap, ProtocolBreak } from './frame.ts';
import { createFrameReader } from './frame-reader.ts';
import { createDecoder } from './receive.ts';
import { encodeArgs } from './send.ts';
import { readReply } from './validate.ts';
import { elementCap, type Wire } from './wire.ts';

const array = (data: number[]): NdArray => ({
  kind: 'array',
  container: 'tensor',
  dtype: 'float32',
  shape: [data.length],
  data: Float64Array.from(data),
});
const nonce = 'ab'.repeat(16);
const bytes = (text: string) => new TextEncoder().encode(text);
const frame = (json: string, binary = new Uint8Array(0)) => ({ json: bytes(json), binary });
const reply = (value: unknown) => frame(JSON.stringify({ nonce, ok: { value } }));
const readCall = (value: unknown) => readReply('call', reply(value), nonce);

describe('frames', () => {
  const whole = new Uint8Array([...encodeHeader(2, 3), ...bytes('{}'), 1, 2, 3]);

  it('are put together from chunks of any size', () => {
    for (const size of [1, 3, 8, 9, whole.length]) {
      const reader = createFrameReader();
      let done;
      for (let at = 0; at < whole.length; at += size) done = reader.push(whole.subarray(at, at + size));
      expect(done).toEqual({ json: bytes('{}'), binary: new Uint8Array([1, 2, 3]) });
      expect(done!.binary.byteOffset % 8).toBe(0);
    }
  });

  it('are refused by their header before anything is allocated', () => {
    expect(() => createFrameReader().push(encodeHeader(jsonCap + 1, 0))).toThrow(ProtocolBreak);
    expect(() => createFrameReader().push(encodeHeader(2, binaryCap + 1))).toThrow(ProtocolBreak);
    expect(createFrameReader().push(encodeHeader(jsonCap, binaryCap))).toBeUndefined();
  });

  it('that are shifted by a stray byte are noticed at once', () => {
    expect(() => createFrameReader().push(new Uint8Array([0x78, ...whole]))).toThrow(ProtocolBreak);
    expect(() => createFrameReader().push(encodeHeader(0, 5))).toThrow('no JSON');
  });

  it('may not be followed by anything', () => {
    expect(() => createFrameReader().push(new Uint8Array([...whole, 0]))).toThrow('bytes follow');
  });
});

describe('replies', () => {
  it('are read when they have the shape that the request calls for', () => {
    const value = { t: 'list', items: [1, null, 'x', { t: 'record', entries: [['a', { t: 'number', v: 'NaN' }]] }] };
    expect(readCall(value)).toEqual({ nonce, ok: { value } });
  });

  it.each<[string, unknown]>([
    ['an unknown kind of value', { t: 'verdict', pass: true }],
    ['an unknown field', { t: 'list', items: [], extra: 1 }],
    ['a negative dimension', { t: 'array', container: 'tensor', dtype: 'float32', shape: [-1] }],
    ['a dimension that is no integer', { t: 'array', container: 'tensor', dtype: 'float32', shape: [1.5] }],
    ['an unknown element type', { t: 'array', container: 'tensor', dtype: 'int64', shape: [1] }],
    ['an untagged object', { a: 1 }],
    ['a bare array', [1, 2]],
  ])('are refused with %s', (_, value) => {
    expect(() => readCall(value)).toThrow(ProtocolBreak);
  });

  it('are refused when they answer and complain at once, or do neither', () => {
    const trouble = { kind: 'threw', message: 'x' };
    expect(() => readReply('seed', frame(JSON.stringify({ nonce, ok: {}, trouble })), nonce)).toThrow(ProtocolBreak);
    expect(() => readReply('seed', frame(JSON.stringify({ nonce })), nonce)).toThrow(ProtocolBreak);
    expect(() => readReply('seed', frame('null'), nonce)).toThrow(ProtocolBreak);
  });

  it('are refused with a wrong nonce, broken JSON or broken UTF-8', () => {
    expect(() => readReply('call', reply(1), 'cd'.repeat(16))).toThrow('wrong nonce');
    expect(() => readReply('call', frame('{"nonce":'), nonce)).toThrow('not JSON');
    expect(() => readReply('call', { json: new Uint8Array([0xff, 0xfe]), binary: new Uint8Array(0) }, nonce)).toThrow(
      'not JSON',
    );
  });

  it('nested a million deep are refused, not followed', () => {
    const deep = '{"t":"list","items":['.repeat(150_000) + ']}'.repeat(150_000);
    expect(() => readReply('call', frame(`{"nonce":"${nonce}","ok":{"value":${deep}}}`), nonce)).toThrow(ProtocolBreak);
  });
});

describe('arrays', () => {
  const numbers: Wire = { t: 'array', container: 'typed', dtype: 'float32', shape: [2] };

  it('have to use up their bytes exactly', () => {
    const decode = createDecoder(new Uint8Array(8));
    decode.value(numbers);
    expect(() => decode.end()).not.toThrow();
    expect(() => createDecoder(new Uint8Array(7)).value(numbers)).toThrow('larger than its bytes');
    const left = createDecoder(new Uint8Array(9));
    left.value(numbers);
    expect(() => left.end()).toThrow('left over');
  });

  it('of more numbers than the cap are refused although their bytes would fit', () => {
    const shape = [elementCap + 1];
    const many = createDecoder(new Uint8Array(elementCap + 1));
    expect(() => many.value({ t: 'array', container: 'typed', dtype: 'bool', shape })).toThrow('too many numbers');
    const huge: Wire = {
      t: 'array',
      container: 'typed',
      dtype: 'bool',
      shape: Array.from({ length: 16 }, () => 2 ** 31),
    };
    expect(() => createDecoder(new Uint8Array(0)).value(huge)).toThrow('too many numbers');
  });

  it('become float64 whatever they were, sign of zero and NaN included', () => {
    const data = Float32Array.from([-0, NaN]);
    const decoded = createDecoder(new Uint8Array(data.buffer)).value(numbers);
    expect(decoded).toMatchObject({ kind: 'array', shape: [2], data: Float64Array.from([-0, NaN]) });
  });

  it('are read wherever they lie, and are the reader’s own', () => {
    const arrays = (['bool', 'float64', 'int32', 'float32'] as const).map((dtype): Wire => ({ ...numbers, dtype }));
    const [bools, doubles, integers, singles] = [
      Uint8Array.of(1, 0),
      Float64Array.of(1 / 3, -0),
      Int32Array.of(-7, 2 ** 30),
      Float32Array.of(0.5, NaN),
    ];
    const sent = [bools, doubles, integers, singles].flatMap(({ buffer }) => [...new Uint8Array(buffer)]);
    for (const before of [0, 1, 4]) {
      const binary = new Uint8Array([...new Uint8Array(before), ...sent]).subarray(before);
      const decode = createDecoder(binary);
      const read = arrays.map((wire) => (decode.value(wire) as NdArray).data);
      binary.fill(255);
      expect(read).toEqual([bools, doubles, integers, singles].map((data) => Float64Array.from(data)));
    }
  });

  it('keep all 53 bits on the way in when precision is double', () => {
    expect(encodeArgs([array([1 / 3])], 'single').binary[0]).toHaveLength(4);
    const { binary, args } = encodeArgs([array([1 / 3])], 'double');
    expect(new Float64Array(binary[0]!.slice().buffer)[0]).toBe(1 / 3);
    expect(args[0]).toMatchObject({ dtype: 'float32', stored: 'float64' });
  });

  it('whose data and shape disagree are the check author’s mistake', () => {
    expect(() => encodeArgs([{ ...array([1, 2]), shape: [3] }], 'single')).toThrow('carries 2 numbers');
  });

  it('with keys named __proto__ make records that have just that key', () => {
    const record: Wire = { t: 'record', entries: [['__proto__', 1], ['constructor', 2]] }; // prettier-ignore
    const value = createDecoder(new Uint8Array(0)).value(record) as { entries: object };
    expect(Object.keys(value.entries)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value.entries)).toBeNull();
  });
});
