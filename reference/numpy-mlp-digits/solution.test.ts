import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../graders/numerics/random.ts';
import { CCE } from './cce.ts';
import type { Mat } from './contracts.ts';
import { MLPLayer } from './layer.ts';
import { MLP } from './mlp.ts';
import { createRng } from './rng.ts';
import { Sigmoid } from './sigmoid.ts';
import { Softmax } from './softmax.ts';

const random = createRandom(11);
const rows = (n: number, m: number): Mat =>
  Array.from({ length: n }, () => Array.from({ length: m }, () => random.normal()));
const inner = (a: Mat, b: Mat) => a.reduce((sum, row, i) => sum + row.reduce((s, v, j) => s + v * b[i]![j]!, 0), 0);

/** The central difference quotient of f in one entry of a matrix. */
function slope(matrix: Mat, i: number, j: number, f: () => number): number {
  const h = 1e-5;
  const value = matrix[i]![j]!;
  matrix[i]![j] = value + h;
  const above = f();
  matrix[i]![j] = value - h;
  const below = f();
  matrix[i]![j] = value;
  return (above - below) / (2 * h);
}

const expectSlopes = (gradient: Mat, matrix: Mat, f: () => number) =>
  gradient.forEach((row, i) => row.forEach((g, j) => expect(g).toBeCloseTo(slope(matrix, i, j, f), 7)));

describe.each([new Sigmoid(), new Softmax()])('backward of an activation', (activation) => {
  test('is the derivative of call for a random error signal', () => {
    const [z, error] = [rows(4, 3), rows(4, 3)];
    expectSlopes(activation.backward(z, activation.call(z), error), z, () => inner(activation.call(z), error));
  });

  test('of a whole layer is the derivative for weights, bias and input', () => {
    const layer = new MLPLayer(activation, 3, 5, createRng(2));
    const [x, error] = [rows(4, 5), rows(4, 3)];
    const loss = () => inner(layer.forward(x), error);
    const { dW, dB, dInput } = layer.backward(error, x, layer.preActivation(x), layer.forward(x));
    expectSlopes(dW, layer.weights, loss);
    expectSlopes([dB], [layer.bias], loss);
    expectSlopes(dInput, x, loss);
  });
});

test('CCE.backward is the derivative of CCE.call for predictions that need not sum to one', () => {
  const cce = new CCE();
  const p = rows(3, 4).map((row) => row.map((v) => 0.5 + 0.4 * Math.tanh(v)));
  const t = [
    [0, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 1],
  ];
  expectSlopes(cce.backward(p, t), p, () => cce.call(p, t).reduce((sum, v) => sum + v, 0));
});

test.each([[[5, 4]], [[6, 5, 4]], [[7, 6, 5, 3]]])('the tape of %j holds the derivatives of the mean loss', (sizes) => {
  const mlp = new MLP(sizes, createRng(3));
  for (const layer of mlp.layers) layer.bias = layer.bias.map(() => random.normal(0, 0.3));
  const x = rows(6, sizes[0]!);
  const classes = sizes.at(-1)!;
  const t = x.map((_, i) => Array.from({ length: classes }, (__, k) => (k === i % classes ? 1 : 0)));
  const loss = () => new CCE().call(mlp.forward(x), t).reduce((sum, v) => sum + v, 0) / x.length;
  const { tape } = mlp.backward(x, t, 0);
  tape.forEach(({ dW, dB }, l) => {
    expectSlopes(dW, mlp.layers[l]!.weights, loss);
    expectSlopes([dB], [mlp.layers[l]!.bias], loss);
  });
});

test.each(['rng.ts', 'contracts.ts'])('%s is the one that students are given', async (name) => {
  const text = (path: string) => readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
  expect(await text(`./${name}`)).toBe(await text(`../../assignments/numpy-mlp-digits/starter/${name}`));
});
