import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '../../graders/numerics/arrays.ts';
import { arrayOf, rowsOf } from '../../graders/numerics/arrays.ts';
import { compareTensor, judge } from '../../graders/numerics/compare.ts';
import { gradientOf, ridders, taylorOrder } from '../../graders/numerics/finite-difference.ts';
import type { Random } from '../../graders/numerics/random.ts';
import { createRandom } from '../../graders/numerics/random.ts';
import { float32, float64 } from '../../graders/numerics/tolerance.ts';
import type { Mat } from './linear-algebra.ts';
import type { Reduction } from './losses.ts';
import type { Mlp } from './mlp.ts';
import { backward, forward, loss } from './mlp.ts';
import { gradientsSampleBySample } from './sample-by-sample.testing.ts';

const matrix = (rows: number, cols: number, draw: () => number): Mat =>
  Array.from({ length: rows }, () => Array.from({ length: cols }, draw));

function design(sizes: number[], N: number, hidden: Mlp['hidden'], output: Mlp['output'], random: Random) {
  const normal = (sd: number) => () => Math.fround(random.normal(0, sd));
  const W = sizes.slice(1).map((n, l) => matrix(sizes[l]!, n, normal(0.6)));
  const b = sizes.slice(1).map((n) => matrix(1, n, normal(0.3))[0]!);
  const X = matrix(N, sizes[0]!, () => Math.fround(0.3 + random.normal()));
  const raw = matrix(N, sizes.at(-1)!, () => random.uniform(0.1, 1));
  const Y = output === 'softmax-cce' ? raw.map((row) => row.map((v) => v / row.reduce((a, c) => a + c))) : raw;
  return { net: { W, b, hidden, output }, X, Y };
}

const asArrays = (net: Pick<Mlp, 'W' | 'b'>): NamedArrays =>
  Object.fromEntries(net.W.flatMap((W, l) => [[`W${l}`, arrayOf(W)], [`b${l}`, arrayOf(net.b[l]!)]])); // prettier-ignore
const asNet = (like: Mlp, arrays: NamedArrays): Mlp => ({
  ...like,
  W: like.W.map((_, l) => rowsOf(arrays[`W${l}`]!)),
  b: like.b.map((_, l) => [...arrays[`b${l}`]!.data]),
});
const gradientArrays = (back: { dW: Mat[]; db: number[][] }) => asArrays({ W: back.dW, b: back.db });

const settings: [Mlp['hidden'], Mlp['output'], Reduction, number[]][] = [
  ['sigmoid', 'softmax-cce', 'mean', [6, 5, 4, 3]],
  ['sigmoid', 'softmax-cce', 'sum', [5, 4]],
  ['tanh', 'softmax-cce', 'mean', [4, 7, 3]],
  ['tanh', 'linear-mse', 'sum', [5, 6, 4, 3, 2]],
  ['relu', 'linear-mse', 'mean', [5, 4, 3]],
  ['relu', 'softmax-cce', 'mean', [4, 6, 5, 3]],
  ['linear', 'linear-mse', 'mean', [3, 4, 2]],
  ['swish', 'linear-mse', 'mean', [4, 3, 1]],
];

/** Ridders needs a smooth step, so ReLU designs keep every pre-activation away from 0. */
function smoothDesign(hidden: Mlp['hidden'], output: Mlp['output'], sizes: number[]) {
  for (let seed = 0; seed < 2000; seed++) {
    const made = design(sizes, 3, hidden, output, createRandom(seed, 'mlp'));
    const z = forward(made.net, made.X).z.slice(0, -1).flat(2);
    if (hidden !== 'relu' || Math.min(...z.map(Math.abs)) > 0.1) return made;
  }
  throw new Error('no design without a kink nearby');
}

describe('backward', () => {
  it.each(settings)(
    '%s, %s, %s, %j: every gradient agrees with Ridders, and 0.1 % too much is caught',
    (hidden, output, reduction, sizes) => {
      const { net, X, Y } = smoothDesign(hidden, output, sizes);
      const back = backward(net, X, Y, reduction);
      const at = { ...asArrays(net), X: arrayOf(X) };
      const value = (arrays: NamedArrays) => loss(asNet(net, arrays), rowsOf(arrays.X!), Y, reduction);
      expect(back.loss).toBeCloseTo(value(at), 14);
      const step = hidden === 'relu' ? 1e-3 : undefined;
      const truth = gradientOf(value, at, step === undefined ? undefined : (f, x) => ridders(f, x, step)).gradient;
      const ours: NamedArrays = { ...gradientArrays(back), X: arrayOf(back.da[0]!) };
      for (const [name, expected] of Object.entries(truth)) {
        const verdict = (tamper: number) => {
          const yours = arrayOf(name.startsWith('b') ? [...ours[name]!.data] : rowsOf(ours[name]!));
          const largest = yours.data.reduce((best, v, i) => (Math.abs(v) > Math.abs(yours.data[best]!) ? i : best), 0);
          yours.data[largest]! *= tamper;
          return judge(compareTensor(name, yours, expected, float64), float64);
        };
        expect(verdict(1), name).toBe('accept');
        expect(verdict(1.001), name).toBe('reject');
      }
    },
  );

  it.each(settings)(
    '%s, %s, %s, %j: agrees with the sample-by-sample road to the last digits',
    (hidden, output, reduction, sizes) => {
      const { net, X, Y } = design(sizes, 5, hidden, output, createRandom(4, 'two roads'));
      const [batch, single] = [backward(net, X, Y, reduction), gradientsSampleBySample(net, X, Y, reduction)];
      expect(single.loss).toBeCloseTo(batch.loss, 12);
      for (const [name, expected] of Object.entries(gradientArrays(batch)))
        expect(compareTensor(name, gradientArrays(single)[name]!, expected, float64).distance, name).toBeLessThan(
          1e-13,
        );
    },
  );

  it('gives the gradient of every intermediate value: a step along −dz and −da changes the loss as promised', () => {
    const { net, X, Y } = design([5, 4, 3], 4, 'tanh', 'softmax-cce', createRandom(9, 'intermediate'));
    const back = backward(net, X, Y);
    expect([back.z, back.dz].map((m) => m.map((l) => l[0]!.length))).toEqual([[4, 3], [4, 3]]); // prettier-ignore
    expect([back.a, back.da].map((m) => m.map((l) => l[0]!.length))).toEqual([[5, 4, 3], [5, 4, 3]]); // prettier-ignore
    // From a¹ on, the rest of the network is a network of its own whose input gradient must be da¹.
    const rest = { ...net, W: net.W.slice(1), b: net.b.slice(1) };
    const f = (flat: Float64Array) =>
      loss(
        rest,
        back.a[1]!.map((row, i) => row.map((_, j) => flat[i * 4 + j]!)),
        Y,
      );
    const v = Array.from({ length: 16 }, (_, i) => Math.sin(7 * i + 1));
    expect(taylorOrder(f, back.a[1]!.flat(), back.da[1]!.flat(), v, 0.5).verdict).toBe('right');
    expect(taylorOrder(f, back.a[1]!.flat(), back.da[1]!.flat().map((g) => 1.001 * g), v, 0.5).verdict).toBe('wrong'); // prettier-ignore
  });

  it('labels that do not sum to one still give rows of ∂L/∂z^L that sum to zero', () => {
    const { net, X, Y } = design([5, 4, 3], 4, 'sigmoid', 'softmax-cce', createRandom(2, 'mass'));
    const heavy = Y.map((row) => row.map((y) => 2 * y));
    for (const row of backward(net, X, heavy).dz.at(-1)!) expect(row.reduce((a, b) => a + b)).toBeCloseTo(0, 14);
    for (const g of Object.values(gradientArrays(backward(net, X, heavy, 'sum')))) expect(g.data.every(Number.isFinite)).toBe(true); // prettier-ignore
    expect(backward(net, X, heavy).dz.at(-1)![0]![0]).toBeCloseTo(2 * backward(net, X, Y).dz.at(-1)![0]![0]!, 14);
  });

  it('the loss stays finite for logits of ±200', () => {
    const net: Mlp = { W: [[[200, -200]]], b: [[0, 0]], hidden: 'linear', output: 'softmax-cce' };
    expect(loss(net, [[1]], [[0, 1]])).toBe(400);
  });
});

describe('beside TensorFlow.js', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('automatic differentiation in single precision gives the same gradients within its rounding', () => {
    const { net, X, Y } = design([13, 7, 5, 3], 8, 'sigmoid', 'softmax-cce', createRandom(21, 'tfjs'));
    const flat = net.W.flatMap((W, l) => [tf.tensor2d(W), tf.tensor1d(net.b[l]!)]);
    const value = (...p: tf.Tensor[]) => {
      let a: tf.Tensor = tf.tensor2d(X);
      for (let l = 0; l < 3; l++) {
        const z = a.matMul(p[2 * l]!).add(p[2 * l + 1]!);
        a = l < 2 ? z.sigmoid() : z;
      }
      return tf.losses.softmaxCrossEntropy(tf.tensor2d(Y), a).asScalar();
    };
    const theirs = tf.grads(value)(flat);
    const ours = Object.entries(gradientArrays(backward(net, X, Y)));
    ours.forEach(([name, expected], i) => {
      const yours = { ...expected, data: Float64Array.from(theirs[i]!.dataSync()) };
      const gap = compareTensor(name, yours, expected, float32);
      expect(gap.distance, name).toBeLessThan(1e-5);
      expect(gap.distance, name).toBeGreaterThan(0);
    });
  });
});
