import { describe, expect, it } from 'vitest';
import type { Arg, Value } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { array, sharedSession } from './session.testing.ts';

const session = sharedSession(
  {
    'q.ts': `import * as tf from '@tensorflow/tfjs';
    export const echo = (x: unknown) => x;
    const { runInThisContext } = process.getBuiltinModule('vm');
    export const run = (code: string) => runInThisContext('(tf) => (' + code + ')')(tf);`,
  },
  { keepProcess: true },
);
const echo = async (arg: Arg) => (await session().call({ module: 'q.ts', name: 'echo' }, [arg])).value;
/** What comes out when the student's code returns the value of this expression. */
const result = async (code: string) => {
  const target = { module: 'q.ts', name: 'run' };
  return (await session().call(target, [code])).value;
};
const list = (...items: Value[]): Value => ({ kind: 'list', items });
const record = (entries: Record<string, Value>, className?: string): Value => ({
  kind: 'record',
  entries,
  ...(className && { className }),
});
const opaque = (what: string): Value => ({ kind: 'opaque', what });

describe('values cross the wall and come back the same', () => {
  it.each<[string, Arg & Value]>([
    ['undefined', undefined],
    ['null', null],
    ['true', true],
    ['a number', 0.1],
    ['NaN', NaN],
    ['infinity', -Infinity],
    ['negative zero', -0],
    ['text', 'naïve ∂ \ud800 \0'],
    ['a list', { kind: 'list', items: ['a', null, { kind: 'list', items: ['b'] }] }],
    ['a record', { kind: 'record', entries: { a: 1, __proto__x: undefined, toString: 'x' } }],
  ])('%s', async (_, value) => {
    expect(await echo(value)).toEqual(value);
  });

  const numbers = [1.5, -0, NaN, Infinity, -Infinity, 2 ** -149];
  it.each<[string, NdArray]>([
    ['float32 tensor', array(numbers, [2, 3])],
    ['int32 tensor', array([-5, 2 ** 31 - 1], [2], 'tensor', 'int32')],
    ['bool tensor', array([0, 1, 1], [3, 1], 'tensor', 'bool')],
    ['scalar tensor', array([2.5], [])],
    ['empty tensor', array([], [0, 4])],
    ['variable', array(numbers, [6], 'variable')],
    ['Float32Array', array(numbers, [6], 'typed')],
    ['Float64Array', array([...numbers, 1 / 3], [7], 'typed', 'float64')],
    ['Int32Array', array([-7, 7], [2], 'typed', 'int32')],
    ['Uint8Array', array([0, 255], [2], 'typed', 'uint8')],
    ['empty Float32Array', array([], [0], 'typed')],
    ['vector of numbers', array([...numbers, 1 / 3], [7], 'nested', 'float64')],
    ['matrix of numbers', array(numbers, [3, 2], 'nested', 'float64')],
    ['empty array', array([], [0], 'nested', 'float64')],
    ['rows without columns', array([], [2, 0], 'nested', 'float64')],
    ['booleans', array([1, 0], [2], 'nested', 'bool')],
    ['{data, shape}', array(numbers, [2, 3], 'ndarray', 'float64')],
  ])('%s', async (_, value) => {
    expect(await echo(value)).toEqual(value);
  });

  it('a scalar argument arrives as a number and bytes as a Uint8Array', async () => {
    expect(await echo(array([3.5], [], 'scalar', 'float64'))).toBe(3.5);
    expect(await echo({ kind: 'bytes', data: Uint8Array.of(1, 200) })).toEqual(array([1, 200], [2], 'typed', 'uint8'));
  });

  it('a matrix of a million numbers stays exact', async () => {
    const big = array(
      Array.from({ length: 2 ** 20 }, (_, i) => Math.sin(i)),
      [1024, 1024],
      'typed',
      'float64',
    );
    const { data } = (await echo(big)) as NdArray;
    expect(data.every((value, i) => value === big.data[i])).toBe(true);
  });
});

describe('what student programs return is recognised:', () => {
  it.each<[string, string, Value]>([
    ['arrays of typed rows', '[new Float64Array([1, 2]), new Float32Array([3, 4])]', array([1, 2, 3, 4], [2, 2], 'nested', 'float64')],
    ['ragged arrays, as lists', '[[1, 2], [3]]', list(array([1, 2], [2], 'nested', 'float64'), array([3], [1], 'nested', 'float64'))],
    ['numbers and texts mixed', '[1, "a"]', list(1, 'a')],
    ['tensors in records in arrays', '[{ dW: tf.tensor1d([1]) }]', list(record({ dW: array([1]) }))],
    ['a strided ndarray', '({ data: new Float64Array([1, 2, 3, 4]), shape: [2, 2], stride: [1, 2], offset: 0 })', array([1, 3, 2, 4], [2, 2], 'ndarray', 'float64')],
    ['a matrix object', '({ isMatrix: true, toArray: () => [[1, 2]] })', array([1, 2], [1, 2], 'ndarray', 'float64')],
    ['a tensor buffer', 'tf.buffer([2], "float32", new Float32Array([1, 2]))', array([1, 2], [2], 'ndarray', 'float32')],
    ['data that do not fit their shape, as they are', '({ data: [1, 2], shape: [3] })', record({ data: array([1, 2], [2], 'nested', 'float64'), shape: array([3], [1], 'nested', 'float64') })],
    ['a Map', 'new Map([["W", 1], [2, "b"]])', record({ W: 1, 2: 'b' }, 'Map')],
    ['a Set', 'new Set(["a"])', list('a')],
    ['an instance of a class', 'new (class Net { w = 1; #b = 2; get b() { return this.#b; } })', record({ w: 1, b: 2 }, 'Net')],
    ['getters without end', 'new (class M { r = 1; get T() { return new this.constructor(); } })', record({ r: 1, T: record({ r: 1 }, 'M') }, 'M')],
    ['an error', 'new RangeError("no")', record({ name: 'RangeError', message: 'no' })],
    ['16-bit integers', 'new Int16Array([-3])', array([-3], [1], 'typed', 'float64')],
    ['a text tensor', 'tf.tensor1d(["a", "b"])', list('a', 'b')],
    ['a bigint', '[1n, "a"]', list(opaque('a bigint'), 'a')],
    ['a symbol', 'Symbol("x")', opaque('a symbol')],
    ['64-bit integers', 'new BigInt64Array(2)', opaque('a BigInt64Array')],
    ['a disposed tensor', '(() => { const t = tf.scalar(1); t.dispose(); return t; })()', opaque('a disposed tensor')],
    ['a complex tensor', 'tf.complex([1], [2])', opaque('a complex tensor')],
    ['promises within', '({ p: Promise.resolve(1) })', record({ p: opaque('a promise that was not awaited') })],
    ['a cycle', '(() => { const a = { b: {} }; a.b.a = a; return a; })()', record({ b: record({ a: opaque('a reference back to an object that holds it') }) })],
  ])('%s', async (_, code, value) => {
    expect(await result(code)).toEqual(value);
  }); // prettier-ignore

  it.each([
    ['a function', '() => 1', 'function'],
    ['a generator', '(function* () {})()', 'object'],
    ['a model', 'tf.sequential()', 'object'],
    ['a dataset', 'tf.data.array([1])', 'object'],
    ['an optimizer', 'tf.train.sgd(0.1)', 'object'],
  ])('%s, which stays inside', async (_, code, type) => {
    expect(await result(code)).toMatchObject({ kind: 'handle', type });
  });

  it('functions within records, callable by handle', async () => {
    const value = (await result('({ f: (x) => x + 1 })')) as unknown as { entries: { f: { id: number } } };
    expect((await session().call({ handle: value.entries.f.id }, [1])).value).toBe(2);
  });

  it('anything on request as a handle', async () => {
    const target = { module: 'q.ts', name: 'echo' };
    const { value } = await session().call(target, [array([1, 2])], { keep: 'handle' });
    expect(value).toMatchObject({ kind: 'handle', className: 'Tensor' });
    expect((await session().call(target, [{ kind: 'handle', id: (value as { id: number }).id }])).value).toEqual(
      array([1, 2]),
    );
  });
});
