/** A program without cells, whose work stands in functions of its own, asked for as if it had those of the sheet. */
import { describe, expect, test } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import type { Contract } from '../../model/contract.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const program = `
import numpy as np
from keras.datasets import boston_housing

class Net:
    def __init__(self, n):
        self.n = n
    def fit(self, data, epochs, validation_data):
        self.history = {'val_mae': [float(len(data) + abs(k - 2)) for k in range(epochs)]}
        return self
    def evaluate(self, data):
        return [4.5, 2.5]

def tables(share=0.25):
    (x, y), _ = boston_housing.load_data()
    cut = int(len(x) * (1 - share))
    return x[:cut], x[cut:]

def run_experiment(net, data, other, epochs=300):
    hist = net.fit(data, epochs=epochs, validation_data=other)
    return hist

def report(model, other):
    mse, mae = model.evaluate(other)
    print(f'MSE {mse}, MAE: {mae}')

def question1():
    train, val = tables()
    model = Net(13)
    best = min(run_experiment(model, train, val).history['val_mae'])
    report(model, val)

def question3():
    x, y = np.arange(40).reshape(20, 2), np.ones((20, 2))
    model = Net(28)
    inputs, targets = x[:2], y[2:4]
    rows = [row for row in grads(model, inputs, targets)]

def grads(model, inputs, targets):
    return [inputs + targets, targets * model.n]

model = np.zeros(3)
if __name__ == '__main__':
    question1()
    question3()
`;
const contract: Contract = {
  schema: 'gradmark/contract/v1',
  language: 'python',
  packages: ['numpy'],
  provides: { 'keras.datasets.boston_housing': 'keras_boston_housing.py' },
  names: {
    pipeline: {
      takes: [
        { name: 'x', loader: 'features' },
        { name: 'y', loader: 'targets' },
      ],
      values: { train: ['train_dataset'] },
      usedIn: { train: { call: 'train', argument: 'train' } },
    },
    buildModel: {
      takes: [{ name: 'n_features', literal: 13 }],
      value: ['net'],
      usedIn: { value: { call: 'train', argument: 'model' } },
    },
    lastModel: { takes: [], value: ['model'] },
    train: {
      takes: [{ name: 'model' }, { name: 'train' }, { name: 'val' }, { name: 'epochs', literal: 300 }],
      performs: {
        call: 'fit',
        on: 'model',
        places: { '0': 'train', validation_data: 'val' },
        gives: 'training',
        monitors: ['val_mae'],
        reports: { numbers: { mse: 'MSE ([\\d.]+)', mae: 'MAE: ([\\d.]+)' } },
      },
      returns: ['history', 'bestEpoch', 'stoppedEpoch', 'best'],
    },
    first: {
      takes: [{ name: 'model' }, { name: 'x' }, { name: 'y' }],
      performs: { call: 'grads', places: { '0': 'model', '1': 'x', '2': 'y' } },
      returns: ['a', 'b'],
    },
    ...{ stoppedEpoch: {}, bestEpoch: {} },
  },
};

describe.skipIf(withoutPython !== undefined)('a program whose work stands in functions of its own', () => {
  const session = sharedPython({ 'notebook.py': program }, contract, ['pipeline', 'train', 'net', 'model', 'grads']);
  const rows = (n: number, from = 0) =>
    array(
      Array.from({ length: n * 2 }, (_, i) => from + i),
      [n, 2],
      'nested',
      'float64',
    );
  const call = (name: string, args: readonly Arg[], keep: 'value' | 'handle' = 'value') =>
    session().call({ module: 'notebook.py', name }, args, { keep });
  const kept = async (name: string, args: readonly Arg[]) =>
    ((await call(name, args, 'handle')).value as { id: number }).id;

  test('loads, trains and reports with what the grader hands over, through all of them', async () => {
    const prices = array([1, 2, 3, 4], [4], 'nested', 'float64');
    expect((await call('pipeline', [rows(4), prices])).value).toMatchObject({ entries: { train: { shape: [3, 2] } } });
    const model = { kind: 'handle', id: await kept('buildModel', [9]) } as const;
    const { value, takenFrom } = await call('train', [model, rows(7), rows(2), 6]);
    expect(takenFrom).toBe('the call model.fit(…)');
    expect(value).toMatchObject({
      entries: {
        history: { entries: { val_mae: { data: Float64Array.of(9, 8, 7, 8, 9, 10) } } },
        ...{ bestEpoch: 2, stoppedEpoch: 5, best: { entries: { mse: 4.5, mae: 2.5 } } },
      },
    });
  });

  test('tells what two functions call alike apart', async () => {
    const id = [await kept('buildModel', [9]), await kept('lastModel', [])];
    expect([await session().get(id[0]!, 'n'), await session().get(id[1]!, 'n')]).toEqual([9, 28]);
  });

  test('hands over rows that it has cut of what the grader gives, several at a time', async () => {
    const model = { kind: 'handle', id: await kept('buildModel', [3]) } as const;
    const { value } = await call('first', [model, rows(20), rows(20, 100)]);
    expect(value).toMatchObject({
      entries: { a: { data: Float64Array.of(104, 106, 108, 110) } },
    });
  });
});
