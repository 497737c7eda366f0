import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numerics/random.ts';
import type { NdArray } from '../../model/numbers.ts';
import { findNative } from '../../runtimes/node/native.ts';
import { array, sessions } from './session.testing.ts';

const native = (await findNative()) !== undefined;
const open = sessions();

/** Softmax regression with cross-entropy: the gradient is Xᵀ(P − Y)/N in closed form. */
const text = `
  import * as tf from '@tensorflow/tfjs';
  export const grads = (x: tf.Tensor2D, y: tf.Tensor2D, w: tf.Tensor2D) =>
    tf.grad((v) => tf.neg(tf.mean(tf.sum(tf.mul(y, tf.logSoftmax(tf.matMul(x, v as tf.Tensor2D))), 1))))(w);
  export const kinds = () => [new Float32Array([1 / 3])[0] === 1 / 3, tf.getBackend(), tf.scalar(1 / 3).dataSync()[0] === 1 / 3];
  export const trained = async (x: tf.Tensor2D, y: tf.Tensor2D) => {
    const m = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [5], kernelInitializer: 'zeros', activation: 'softmax' })] });
    m.compile({ optimizer: tf.train.sgd(1), loss: 'categoricalCrossentropy' });
    await m.fit(x, y, { batchSize: 8, epochs: 1, shuffle: false, verbose: 0 });
    return m.getWeights()[0];
  };`;
const [n, d, c] = [8, 5, 3];
const random = createRandom(1);
const x = array(
  Array.from({ length: n * d }, () => Math.fround(random.normal())),
  [n, d],
);
const w = array(
  Array.from({ length: d * c }, () => Math.fround(random.normal(0, 0.6))),
  [d, c],
);
const y = array(
  Array.from({ length: n * c }, (_, i) => (i % c === Math.floor(i / c) % c ? 1 : 0)),
  [n, c],
);

function closedForm(weights: Float64Array): Float64Array {
  const gradient = new Float64Array(d * c);
  for (let i = 0; i < n; i++) {
    const z = Array.from({ length: c }, (_, k) => sum(d, (j) => x.data[i * d + j]! * weights[j * c + k]!));
    const total = sum(c, (k) => Math.exp(z[k]!));
    for (let j = 0; j < d; j++) {
      for (let k = 0; k < c; k++) {
        gradient[j * c + k]! += (x.data[i * d + j]! * (Math.exp(z[k]!) / total - y.data[i * c + k]!)) / n;
      }
    }
  }
  return gradient;
}
const sum = (count: number, term: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => term(i)).reduce((a, b) => a + b, 0);

function distance(yours: NdArray, expected: Float64Array): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - yours.data[i]!))) / scale;
}

describe('gradients through tfjs', () => {
  it.each([
    ['in double precision agree with the closed form to 1e-13', 'double', 'wasm', 1e-13],
    ['on the wasm backend to 1e-5', 'single', 'wasm', 1e-5],
    ['on the cpu backend to 1e-5', 'single', 'cpu', 1e-5],
    ...(native ? [['with tfjs-node to 1e-5', 'single', 'node', 1e-5] as const] : []),
  ] as const)('%s', async (_, precision, backend, tolerance) => {
    const s = await open(text, { precision, backend });
    const { value } = await s.call({ module: 'q.ts', name: 'grads' }, [x, y, w]);
    expect(value).toMatchObject({ shape: [d, c], dtype: precision === 'double' ? 'float64' : 'float32' });
    expect(distance(value as NdArray, closedForm(w.data))).toBeLessThan(tolerance);
    // One step of gradient descent from zero with rate 1 is the negative gradient there.
    const after = (await s.call({ module: 'q.ts', name: 'trained' }, [x, y])).value as NdArray;
    const expected = closedForm(new Float64Array(d * c)).map((g) => -g);
    expect(distance(after, expected)).toBeLessThan(precision === 'double' ? 1e-7 : 1e-5);
    expect(s.output()).toBe('');
  });

  it('in double precision really run in float64, arguments included', async () => {
    const s = await open(text + `export const back = (t: tf.Tensor) => t;`, { precision: 'double', backend: 'wasm' });
    const { value } = await s.call({ module: 'q.ts', name: 'kinds' }, []);
    expect(value).toEqual({ kind: 'list', items: [true, 'cpu', true] });
    expect(s.backend).toBe('cpu');
    const third = array([1 / 3, 1e300]);
    expect(((await s.call({ module: 'q.ts', name: 'back' }, [third])).value as NdArray).data).toEqual(third.data);
  });
});

describe('memory that is looked at as floats, in double precision', () => {
  const programs: Record<string, [string, number[]]> = {
    'a view at an odd byte offset': [
      `const v = new Float32Array(new ArrayBuffer(12), 4, 2); v[1] = 1 / 3; return [v.length, v[0], v[1]];`,
      [2, 0, 1 / 3],
    ],
    'views that share memory': [
      `const b = new ArrayBuffer(4 * 5), all = new Float32Array(b), part = new Float32Array(b, 4 * 2, 2);
       part.fill(1 / 3); all[3] = 2; return [...all, ...part];`,
      [0, 0, 1 / 3, 2, 0, 1 / 3, 2],
    ],
    'numbers that were written as bytes': [
      `const d = new DataView(new ArrayBuffer(8)); d.setFloat32(4, 1.5, true); return [...new Float32Array(d.buffer)];`,
      [0, 1.5],
    ],
    'the size of a float': [
      `const n = Float32Array.BYTES_PER_ELEMENT; return [n, ...new Float32Array(new ArrayBuffer(2 * n)).fill(1 / 3)];`,
      [4, 1 / 3, 1 / 3],
    ],
    'the memory of an array': [
      `const a = new Float32Array([1 / 3, 2]); const same = new Float32Array(a.buffer); same[1] = 5;
       const copy = new Float32Array(a.buffer.slice(0)); copy[0] = 7; return [...a, ...copy];`,
      [1 / 3, 5, 7, 5],
    ],
    'the memory of a view': [
      `const b = new ArrayBuffer(8), v = new Float32Array(b, 4, 1); v[0] = 1 / 3;
       return [v.buffer === b ? 1 : 0, ...new Float32Array(v.buffer)];`,
      [1, 0, 1 / 3],
    ],
    'copies, parts and classes of arrays': [
      `class Mine extends Float32Array { total() { return this[0]! + this[1]!; } }
       const m = new Mine(2); m[0] = 1 / 3; const of = Float32Array.of(1 / 3), from = Float32Array.from([1], (x) => x / 3);
       return [m.total(), of[0]!, from[0]!, ...m.subarray(0, 1), ...m.map((x) => x), m instanceof Float32Array ? 1 : 0];`,
      [1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 0, 1],
    ],
    'memory that is shared': [
      `const a = new Float32Array(new SharedArrayBuffer(12), 4); a[1] = 1 / 3; return [a.length, ...a];`,
      [2, 0, 1 / 3],
    ],
    'a copy of memory below a view': [
      `const b = new ArrayBuffer(4); new Float32Array(b)[0] = 1 / 3; return [...new Float32Array(b.slice(0))];`,
      [1 / 3],
    ],
    'integers, and bytes beside floats': [
      `const b = new ArrayBuffer(8), i = new Int32Array(b, 0, 1), a = new Float32Array(b, 4); i[0] = 7; a[0] = 1 / 3;
       class Mine extends Int32Array {} const m = Mine.from([1, 2]).map((x) => 2 * x);
       return [i[0]!, a[0]!, m[1]!, m instanceof Mine && m instanceof Int32Array ? 1 : 0, i.constructor === Int32Array ? 1 : 0];`,
      [7, 1 / 3, 4, 1, 1],
    ],
    'tensors of views and of their own numbers': [
      `const v = new Float32Array(new ArrayBuffer(8)); v[0] = 1 / 3; const t = tf.tensor1d(v);
       return [...t.add(tf.tensor1d(new Float32Array(t.dataSync()))).dataSync(), t.dtype === 'float32' ? 1 : 0];`,
      [2 / 3, 0, 1],
    ],
  };
  /** In single precision each of them gives the number behind it. */
  const untold: Record<string, [string, number]> = {
    'the bytes of an array': [`return new DataView(new Float32Array([1, 1.5]).buffer).getFloat32(4, true);`, 1.5],
    'the bytes of a tensor': [`return new Uint8Array(tf.tensor1d([2]).dataSync().buffer)[3]!;`, 64],
    'the bits of an array': [
      `const a = new Float32Array([2]), i = new Int32Array(a.buffer); i[0]! >>= 1; return i[0]!;`,
      2 ** 29,
    ],
    'bytes that are written to memory of floats': [
      `const b = new ArrayBuffer(4), a = new Float32Array(b); new DataView(b).setFloat32(0, 1.5, true); return a[0]!;`,
      1.5,
    ],
    'memory that moves': [`return new Float32Array((new Float32Array([1, 3]).buffer as any).transfer(4))[0]!;`, 1],
    'memory that moves from below a view': [
      `const b = new ArrayBuffer(4), a = new Float32Array(b); a[0] = 3; return new Float32Array((b as any).transfer())[0]!;`,
      3,
    ],
    'memory that grows': [
      `const b = new (ArrayBuffer as any)(4, { maxByteLength: 8 }), a = new Float32Array(b); b.resize(8); return a.length;`,
      2,
    ],
  };
  const text = `import * as tf from '@tensorflow/tfjs';
    ${Object.values(untold)
      .map(([body], i) => `export const u${i} = () => { ${body} };`)
      .join('\n')}
    ${Object.values(programs)
      .map(([body], i) => `export const f${i} = () => { ${body} };`)
      .join('\n')}
    export const wrong = (n: number) => new Float32Array(new ArrayBuffer(12), n, 2);
    export const inside = () => { const a = new Float32Array(4); return new Float32Array(a.buffer, 8, 1)[0]; };`;

  it('counts in the bytes of floats and keeps the digits of doubles', async () => {
    const s = await open(text, { precision: 'double' });
    for (const [i, [what, [, expected]]] of Object.entries(programs).entries()) {
      const { value } = await s.call({ module: 'q.ts', name: `f${i}` }, []);
      expect(value, what).toMatchObject({ data: Float64Array.from(expected) });
    }
    // What is wrong in single precision is wrong here; what cannot be told stops instead of giving another number.
    const wrong = (n: number) => s.call({ module: 'q.ts', name: 'wrong' }, [n]);
    await expect(wrong(6)).rejects.toThrow('RangeError');
    await expect(wrong(8)).rejects.toThrow('RangeError');
    await expect(s.call({ module: 'q.ts', name: 'inside' }, [])).rejects.toThrow('in double precision');
  });

  it('stops where bytes of floats are looked for, which are others', async () => {
    const [single, double] = await Promise.all([open(text), open(text, { precision: 'double' })]);
    for (const [i, [what, [, expected]]] of Object.entries(untold).entries()) {
      const target = { module: 'q.ts', name: `u${i}` };
      expect((await single.call(target, [])).value, what).toBe(expected);
      await expect(double.call(target, []), what).rejects.toThrow('in double precision');
    }
  });
});
