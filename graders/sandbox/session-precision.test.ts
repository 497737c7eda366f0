import { describe, expect, it } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import type { NdArray } from '../model.ts';
import { findNative } from './native.ts';
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
