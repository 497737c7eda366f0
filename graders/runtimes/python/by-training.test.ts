/** A step that is asked of a program's own training: what its mini-batches do wrong, or draw, is no matter of the step's. */
import { describe, expect, test } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import type { Contract } from '../../model/contract.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const program = `
import numpy as np

own = np.random.default_rng(7)

def batches(xs, ts, size):
    np.random.rand()
    own.uniform()
    yield xs, ts[::-1]

def places():
    """How far the two sources have got."""
    return [np.random.get_state()[2], own.bit_generator.state["state"]["state"] % 1000003]

class Net:
    def __init__(self):
        self.weight = 0.0

    def backward(self, error, lr):
        self.weight -= lr * error

def training(net, xs, ts, epochs, batch_size, lr):
    losses = []
    for _ in range(epochs):
        for x, t in batches(xs, ts, batch_size):
            losses.append(float((x[:, 0] * t[:, 0]).sum()))
            net.backward(losses[-1], lr)
    return losses
`;
const contract: Pick<Contract, 'names'> = {
  names: {
    Net: {},
    places: {},
    minibatches: { called: ['batches'] },
    'Net.backward': {
      called: ['backward'],
      takes: [{ name: 'x' }, { name: 'target' }, { name: 'lr' }],
      otherwise: { call: 'train', unlike: ['error'], batches: 'minibatches' },
    },
    train: {
      called: ['training'],
      takes: [
        { name: 'net' },
        { name: 'pairs', apart: [{ name: 'xs' }, { name: 'ts' }] },
        {
          as: 'keywords',
          options: [{ name: 'epochs' }, { name: 'minibatchSize', also: ['batch_size'] }, { name: 'lr' }],
        },
      ],
    },
  },
};

describe.skipIf(withoutPython !== undefined)('a step through a program’s own training', () => {
  const session = sharedPython({ 'notebook.py': program }, contract, ['Net', 'places', 'batches', 'training']);
  const rows = (...all: number[]) => array(all, [all.length, 1], 'nested', 'float64');
  const places = async () => (await session().call({ module: 'notebook.py', name: 'places' }, [])).value;
  const net = async () =>
    (await session().call({ module: 'notebook.py', name: 'Net' }, [], { keep: 'handle' })).value as { id: number };

  test('has every input with its own target, whatever the mini-batches do with them', async () => {
    const { id } = await net();
    await session().call({ handle: id, method: 'backward' }, [rows(1, 2), rows(3, 5), 1]);
    expect(await session().get(id, 'weight')).toBe(-(1 * 3 + 2 * 5));
  });

  test('keeps the targets of equal inputs as the mini-batches have them', async () => {
    const { id } = await net();
    await session().call({ handle: id, method: 'backward' }, [rows(2, 2, 4), rows(3, 5, 3), 1]);
    expect(await session().get(id, 'weight')).toBe(-(2 * 3 + 2 * 5 + 4 * 3));
  });

  test('leaves every source of random numbers as it was', async () => {
    const { id } = await net();
    const before = await places();
    const pairs: Arg = { kind: 'list', items: [{ kind: 'list', items: [array([1], [1]), array([1], [1])] }] };
    const options: Arg = { kind: 'record', entries: { epochs: 1, minibatchSize: 1, lr: 1 } };
    await session().call({ handle: id, method: 'backward' }, [rows(1), rows(1), 1]);
    expect(await places()).toStrictEqual(before);
    await session().call({ module: 'notebook.py', name: 'train' }, [{ kind: 'handle', id }, pairs, options]);
    expect(await places()).not.toStrictEqual(before);
  });
});
