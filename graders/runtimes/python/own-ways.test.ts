/** Programs that take, return and compute in ways of their own what a sheet asks for, as if they had read it; in the real box. */
import { describe, expect, test } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import type { Contract } from '../../model/contract.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const program = `
from __future__ import annotations
from typing import Generator
import numpy as np

class Loss:
    def __call__(self, y, t):
        return float((y - t).sum())

class Net:
    def __init__(self, *sizes):
        self.sizes, self.weight, self.tape = sizes, 0.0, [{'dW': 2.0}]

    def copy(self) -> Net:
        return self

    def backward(self, error, lr):
        self.weight -= lr * error

class Parted:
    def __init__(self, input_size, hidden_sizes, n_classes, num_layers):
        self.sizes = [input_size, hidden_sizes, n_classes, num_layers]

class Rest:
    def __init__(self, n_in, layer_sizes):
        self.sizes = [n_in, layer_sizes]

class Layer:
    def weights_backward(self, d_pre):
        return np.ones((5, 2)), np.ones((2, 3)) * 2, np.ones(3) * 3

class Absorbed:
    def weights_backward(self, d_pre):
        return np.ones((3, 3)), np.ones((5, 2)) * 2

def batches(pairs) -> Generator[int, None, None]:
    return len(pairs)

def training(net, data, loss_fn, epochs, batch_size, lr):
    losses = []
    for _ in range(epochs):
        x, t = map(np.array, zip(*data[:batch_size]))
        losses.append(loss_fn(x, t))
        net.backward(losses[-1], lr)
    return losses
`;
const contract: Contract = {
  schema: 'gradmark/contract/v1',
  language: 'python',
  packages: ['numpy'],
  names: {
    MLP: { called: ['Net'], takes: [{ name: 'layer_list', also: ['sizes'], as: 'list of integers' }] },
    Parted: {
      takes: [
        { name: 'sizes', as: 'list of integers' },
        { name: 'rng', optional: true },
      ],
    },
    Rest: { takes: [{ name: 'sizes', as: 'list of integers' }] },
    CCE: { called: ['Loss'] },
    Layer: {},
    Absorbed: {},
    weightsBackward: {
      called: ['weights_backward'],
      takes: [{ name: 'd_pre' }, { name: 'input', optional: true }],
      returns: ['dW', 'dB', 'dInput'],
      shapedAs: { dInput: 'input' },
      within: 'dB',
    },
    batches: {},
    'MLP.backward': {
      called: ['backward'],
      takes: [{ name: 'x' }, { name: 'target' }, { name: 'lr' }],
      returns: ['loss', 'tape'],
      otherwise: { call: 'train', unlike: ['error'] },
    },
    train: {
      called: ['training'],
      takes: [
        { name: 'mlp', also: ['net'] },
        { name: 'pairs', also: ['data'] },
        {
          as: 'keywords',
          options: [{ name: 'epochs' }, { name: 'minibatchSize', also: ['batch_size'] }, { name: 'lr' }],
        },
        { name: 'loss_fn', makes: 'CCE', optional: true },
      ],
    },
  },
};

describe.skipIf(withoutPython !== undefined)('a program with its own ways', () => {
  const session = sharedPython(
    { 'notebook.py': program },
    contract,
    Object.keys(contract.names).flatMap((name) => [name, ...(contract.names[name]!.called ?? [])]),
  );
  const rows = (...all: number[][]) => array(all.flat(), [all.length, all[0]!.length], 'nested', 'float64');
  const sizes = (...all: number[]) => array(all, [all.length], 'nested', 'float64');
  const make = async (name: string, args: readonly Arg[]) => {
    const { value } = await session().call({ module: 'notebook.py', name }, args, { keep: 'handle' });
    return (value as { id: number }).id;
  };

  test('takes sizes one by one, or their ends and their number apart', async () => {
    const made = async (name: string, ...all: number[]) => session().get(await make(name, [sizes(...all)]), 'sizes');
    expect(await made('MLP', 7, 5, 3)).toMatchObject({ shape: [3], data: new Float64Array([7, 5, 3]) });
    expect(await made('Parted', 7, 5, 4, 3)).toMatchObject({ items: [7, { data: new Float64Array([5, 4]) }, 3, 3] });
    expect(await made('Rest', 7, 5, 3)).toMatchObject({ items: [7, { data: new Float64Array([5, 3]) }] });
  });

  test('is asked for a step through its training where its method takes what a loop left, with the loss that the loop takes', async () => {
    const net = await make('MLP', [sizes(1, 1)]);
    const { value } = await session().call({ handle: net, method: 'backward' }, [rows([4], [6]), rows([1], [1]), 0.5]);
    expect(value).toMatchObject({ entries: { loss: 8, tape: { items: [{ entries: { dW: 2 } }] } } });
    expect(await session().get(net, 'weight')).toBe(-4);
  });

  test('returns gradients in another order, the input’s by its shape, and those of biases within another', async () => {
    const input = rows([1, 2], [3, 4], [5, 6], [7, 8], [9, 10]);
    const asked = async (name: string) => {
      const target = { handle: await make(name, []), method: 'weightsBackward' };
      return (await session().call(target, [rows([1, 2, 3]), input])).value;
    };
    const shapes = { dInput: { shape: [5, 2] }, dW: { shape: [2, 3] }, dB: { shape: [3] } };
    expect(await asked('Layer')).toMatchObject({ entries: shapes });
    expect(await asked('Absorbed')).toMatchObject({ entries: { dW: { shape: [3, 3] }, dInput: { shape: [5, 2] } } });
  });

  test('has types in its signatures that are there, or never looked up', async () => {
    expect((await session().call({ module: 'notebook.py', name: 'batches' }, [rows([1], [2])])).value).toBe(2);
  });
});
