import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { structuredClone as ownClone } from './own-clone.ts';

const nodes = globalThis.structuredClone;

test('whatever fast-check makes is cloned as Node clones it', () => {
  const anything = fc.anything({
    ...{ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true, withTypedArray: true },
    ...{ withSparseArray: true, withNullPrototype: true },
  });
  fc.assert(
    fc.property(anything, (value) => {
      expect(isDeepStrictEqual(ownClone(value), nodes(value))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

class Layer {
  W = [
    [1, 2],
    [Number.NaN, -0],
  ];
  get size() {
    return 2;
  }
}

test.each<[string, () => unknown]>([
  ['an object of a class, without what it inherits', () => new Layer()],
  ['an expression', () => /a(b)/giu],
  ['a text that is an object', () => Object('text')],
  ['a view of a part of memory', () => new DataView(new ArrayBuffer(8), 2, 3)],
  ['a list with a field', () => Object.assign([1, , 3], { x: 5 })], // eslint-disable-line no-sparse-arrays
  ['a field that is no text', () => ({ [Symbol('s')]: 1, a: 2 })],
  ['an exception', () => new DOMException('no', 'AbortError')],
])('%s is cloned as Node clones it', (_, make) => {
  const value = make();
  const [own, theirs] = [ownClone(value), nodes(value)];
  expect(own).toStrictEqual(theirs);
  expect(Object.getPrototypeOf(own)).toBe(Object.getPrototypeOf(theirs));
});

test.runIf('Float16Array' in globalThis)('numbers of half precision are cloned as Node clones them', () => {
  const halves = Reflect.construct(Reflect.get(globalThis, 'Float16Array'), [[1, 0.5]]) as ArrayBufferView;
  expect(ownClone(halves)).toStrictEqual(nodes(halves));
});

test('nothing that goes through lists is asked to go through those of the copying', () => {
  const { values } = Array.prototype;
  const value = [
    /a/g,
    new Float32Array(2),
    new DOMException('no'),
    new Error('bad'),
    Object(5),
    new Map([[1, new Set([2])]]),
  ];
  let asked = 0;
  Array.prototype[Symbol.iterator] = function (this: unknown[]) {
    asked++;
    return values.call(this);
  };
  try {
    ownClone(value);
  } finally {
    Array.prototype[Symbol.iterator] = values;
  }
  expect(asked).toBe(0);
});

test('errors keep what they say, where, and why', () => {
  const error = Object.assign(new TypeError('bad', { cause: { layer: 2 } }), { extra: 1 });
  const copy = ownClone(error) as TypeError & { extra?: number };
  expect([copy.message, copy.stack, copy.cause, copy.extra]).toEqual(['bad', error.stack, { layer: 2 }, undefined]);
  expect([copy instanceof TypeError, Object.keys(copy)]).toEqual([true, []]);
});

test('what holds itself, and what stands in two places, is one copy', () => {
  const row = [1, 2];
  const bytes = new Float32Array([1, 2]);
  const value: Record<string, unknown> = {
    a: row,
    b: row,
    m: new Map([[row, row]]),
    v: bytes,
    w: new Uint8Array(bytes.buffer),
  };
  value['self'] = value;
  const copy = ownClone(value) as typeof value & { m: Map<unknown, unknown>; v: Float32Array; w: Uint8Array };
  expect([copy['self'] === copy, copy['a'] === copy['b'], copy.v.buffer === copy.w.buffer]).toEqual([true, true, true]);
  expect([...copy.m][0]).toEqual([copy['a'], copy['a']]);
  expect(copy['a']).not.toBe(row);
});

test('memory that is handed over is gone where it was', () => {
  const memory = new Float64Array([1, 2, 3]).subarray(1);
  const copy = ownClone({ memory }, { transfer: [memory.buffer] }) as { memory: Float64Array };
  expect([[...copy.memory], memory.length]).toEqual([[2, 3], 0]);
});

test.each<[string, () => unknown]>([
  ['a function', () => ({ f: () => 1 })],
  ['a symbol', () => Symbol('x')],
  ['a proxy', () => new Proxy([], {})],
  ['a promise', () => Promise.resolve(1)],
  ['an iterator', () => new Set().values()],
])('%s is refused as Node refuses it', (_, make) => {
  expect(() => ownClone(make())).toThrow(expect.objectContaining({ name: 'DataCloneError' }));
});

test('nothing of the program is asked by whom to make a copy', () => {
  const sign = Object.getOwnPropertySymbols(Blob.prototype).find((key) => String(key).includes('clone'))!;
  const blob = Object.defineProperty(new Blob([]), sign, {
    value: () => ({ data: {}, deserializeInfo: 'fs:ReadStream' }),
  });
  expect(ownClone(blob)).toEqual({});
});
