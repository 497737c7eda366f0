/** Layers, activations and losses that remember, join or leave apart what the sheet hands over and asks back; in the real box. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import type { Contract } from '../../model/contract.ts';
import { packageRoot } from '../../package-root.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const contract = JSON.parse(
  await readFile(join(packageRoot, 'assignments/numpy-mlp-digits/contract.python.json'), 'utf8'),
) as Contract;

const layers = `
import numpy as np

class Sigmoid:
    def __call__(self, x):
        self.output = 1 / (1 + np.exp(-x))
        return self.output
    def backward(self, error):
        return error * self.output * (1 - self.output)

class Softmax:
    def __call__(self, x):
        return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)

class CCE:
    def backward(self, prediction, target):
        return SLOPE

class MLPLayer:
    def __init__(self, n_in, n_units, act):
        self.W, self.b = np.full((n_in, n_units), 2.0), np.zeros(n_units)
        self.activation, self.act = None, act
    def forward(self, x):
        self.x = x
        self.activation = self.act(x @ self.W + self.b)
        return self.activation
    def backward(self, err):
        d = self.act.backward(err)
        return d @ self.W.T, {"W": self.x.T @ d, "b": d.sum(axis=0)}

class MLP:
    def __init__(self, layer_sizes, input_size=64):
        self.sizes = [input_size, *layer_sizes]
`;
const written = (slope: string) => layers.replace('SLOPE', slope);

describe.skipIf(withoutPython !== undefined)('objects that are written as people write them', () => {
  const asked = Object.values(contract.names).flatMap(({ called = [] }) => called);
  const session = sharedPython(
    {
      'joined.py': written('prediction - target'),
      'apart.py': written('-target / prediction'),
    },
    contract,
    asked,
  );
  const rows = (...all: number[][]) => array(all.flat(), [all.length, all[0]!.length], 'nested', 'float64');
  const make = async (name: string, args: readonly Arg[], module = 'joined.py') => {
    const { value } = await session().call({ module, name }, args, { keep: 'handle' });
    return (value as { id: number }).id;
  };
  const call = async (handle: number, method: string, args: Arg[]) =>
    (await session().call({ handle, method }, args)).value;

  test('an activation is asked forwards before it is asked back, where it takes nothing but the error', async () => {
    const sigmoid = await make('Sigmoid', []);
    const back = await call(sigmoid, 'backward', [rows([0, 0]), rows([0.5, 0.5]), rows([4, 8])]);
    expect(back).toMatchObject({ data: Float64Array.of(1, 2) });
  });

  test('a layer that goes back through its activation at once gives what the sheet asks of the weights alone', async () => {
    const layer = await make('MLPLayer', [{ kind: 'handle', id: await make('Sigmoid', []) }, 2, 3]);
    const input = rows([1, 2, 3]);
    await call(layer, 'forward', [input]);
    const parts = { dW: { data: Float64Array.of(5, 7, 10, 14, 15, 21) }, dB: { data: Float64Array.of(5, 7) } };
    const dInput = { data: Float64Array.of(24, 24, 24) };
    const alone = await call(layer, 'weightsBackward', [rows([5, 7]), input, rows([0, 0])]);
    expect(alone).toMatchObject({ entries: { ...parts, dInput } });
    // The activation is back in its place, and takes part again.
    const whole = await call(layer, 'backward', [rows([5, 7]), input, rows([0, 0]), rows([0, 0])]);
    expect(whole).not.toMatchObject({ entries: parts });
    expect(whole).toMatchObject({ entries: { dW: { shape: [3, 2] }, dB: { shape: [2] }, dInput: { shape: [1, 3] } } });
  });

  test('a loss that goes through a softmax without a way back is joined with it; any other is not', async () => {
    const joined = await make('CCE', []);
    expect(await session().get(joined, 'combined')).toBe(true);
    const softmax = await make('Softmax', []);
    const error = rows([4, 8]);
    const back = await call(softmax, 'backward', [rows([0, 0]), rows([0.5, 0.5]), error]);
    expect(back).toMatchObject({ data: Float64Array.of(4, 8) });
    expect(await session().get(await make('CCE', [], 'apart.py'), 'combined')).not.toBe(true);
  });

  test('sizes go over without the first where a parameter asks for that by itself', async () => {
    const net = await make('MLP', [array([7, 5, 3], [3], 'nested', 'float64')]);
    expect(await session().get(net, 'sizes')).toMatchObject({ data: Float64Array.of(7, 5, 3) });
  });
});
