/** A script that loads, trains and prints in cells, asked for as if it had the functions of the sheet; in the real box. */
import { describe, expect, test } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import type { Contract } from '../../model/contract.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const cells = [
  `
import numpy as np
from keras.datasets import boston_housing, mnist

(features, labels), (others, _) = boston_housing.load_data()
(images, digits), _ = mnist.load_data()
scaled = (features - features.mean(axis=0)) / features.std(axis=0)
cut = scaled[:300]
`,
  `
class Model:
    """Counts its epochs; its error falls until the fifth of them."""
    def __init__(self, n):
        self.n = n
        self.rate = None

    def compile(self, rate, loss):
        self.rate = rate

    def fit(self, data, epochs, validation_data, callbacks):
        self.history = {'val_mae': [abs(k - 5) + 1.0 for k in range(epochs)]}
        self.seen = (data, validation_data, callbacks)
        return self

    def evaluate(self, data):
        return [4.01, 2.02]

class EarlyStopping:
    def __init__(self, monitor, patience):
        self.monitor, self.patience, self.best_epoch = monitor, patience, patience

def Adam(learning_rate):
    return learning_rate

model = Model(13)
model.compile(Adam(learning_rate=0.01), loss='mse')
stop = EarlyStopping(monitor='val_mae', patience=30)
`,
  "history = model.fit(cut, epochs=300, validation_data=(others, 1), callbacks=[stop])\nprint('training is over')",
  "mse, mae = model.evaluate(others)\nprint(f'MSE {mse:.1f}, MAE: {mae:.1f}')",
  'model = Model(28)\nsizes = [7, 5, 3]\nweights = []\nfor n, m in zip(sizes, sizes[1:]):\n    weights.append(np.ones((m, n)))',
  'def grads(model, x):\n    return [x * model.n, x + 1]\n\npart = np.asarray(images[:2])\nfirst, second = grads(model, part)',
  'pixels = images.reshape(500, 784) / 255\nhot = np.eye(digits.max() + 1)[digits]',
  `
kept, at = [], 0
while at < 3:
    kept.append(at)
    at += 1
series, epoch = [], 0
while epoch < 25:
    series.append(len(kept))
    epoch += 1
`,
];
const contract: Contract = {
  schema: 'gradmark/contract/v1',
  language: 'python',
  packages: ['numpy'],
  provides: { 'keras.datasets.boston_housing': 'keras_boston_housing.py', 'keras.datasets.mnist': 'keras_images.py' },
  names: {
    pipeline: {
      takes: [
        { name: 'x', loader: 'features' },
        { name: 'y', loader: 'targets' },
      ],
      values: { train: ['train_dataset'], all: ['features'], prices: ['labels'] },
      usedIn: { train: { call: 'train', argument: 'train' } },
      attributes: { size: ['train', 'size'] },
    },
    buildModel: {
      takes: [{ name: 'n_features', literal: 13, loader: 'columns' }],
      value: ['no_name_of_it'],
      usedIn: { value: { call: 'train', argument: 'model' } },
    },
    train: {
      takes: [
        { name: 'model' },
        { name: 'train' },
        { name: 'val' },
        { name: 'epochs', literal: 300 },
        { name: 'patience', literal: 30 },
      ],
      performs: {
        call: 'fit',
        on: 'model',
        places: { '0': 'train', validation_data: 'val' },
        shownBy: ['callbacks'],
        gives: 'training',
        monitors: ['val_mae'],
        reports: { numbers: { mse: 'MSE ([\\d.]+)', mae: 'MAE: ([\\d.]+)' } },
      },
      returns: ['history', 'bestEpoch', 'stoppedEpoch', 'best'],
    },
    initNet: {
      takes: [{ name: 'sizes', as: 'list of integers', literal: [7, 5, 3] }],
      values: { weights: ['weights'] },
    },
    firstTwo: {
      takes: [{ name: 'model' }, { name: 'x' }],
      performs: { call: 'grads', places: { '0': 'model', '1': 'x' } },
      returns: ['a', 'b'],
    },
    prepare: {
      takes: [
        { name: 'images', loader: 'images' },
        { name: 'labels', loader: 'labels', rows: 500, classes: 10 },
      ],
      values: { pixels: ['pixels'], hot: ['hot'] },
    },
    curve: { takes: [{ name: 'rounds', repeats: true }], values: { series: ['series'], kept: ['kept'] } },
    stoppedEpoch: {},
    bestEpoch: {},
  },
};
const book = { nbformat: 4, cells: cells.map((source) => ({ cell_type: 'code', source })) };

describe.skipIf(withoutPython !== undefined)('a script as a function of its data', () => {
  const asked = ['pipeline', 'train', 'weights', 'features', 'grads'];
  const session = sharedPython({ 'n.ipynb': JSON.stringify(book) }, contract, asked);
  const numbers = (...all: number[]) => array(all, [all.length], 'nested', 'float64');
  const call = (name: string, args: readonly Arg[]) => session().call({ module: 'n.ipynb', name }, args);

  test('its loaders give the grader’s tables, whatever its variables are called', async () => {
    const table = array(
      Array.from({ length: 404 * 2 }, (_, i) => i),
      [404, 2],
      'nested',
      'float64',
    );
    const prices = numbers(...Array.from({ length: 404 }, (_, i) => i));
    const { value, takenFrom } = await call('pipeline', [table, prices]);
    expect(value).toMatchObject({
      entries: { train: { shape: [300, 2] }, all: { shape: [404, 2] }, prices: { shape: [404] }, size: 600 },
    });
    expect(takenFrom).toBe('the variables cut, features and labels');
  });

  test('its model is the one that it fits, with the asked size in the place of its constant', async () => {
    const { value } = await session().call({ module: 'n.ipynb', name: 'buildModel' }, [9], { keep: 'handle' });
    const { id } = value as { id: number };
    expect([await session().get(id, 'n'), await session().get(id, 'rate')]).toEqual([9, 0.01]);
  });

  test('its call that trains gets the grader’s model, data and limits, and is read by what it tells afterwards', async () => {
    const { value, takenFrom } = await call('train', [await own(), numbers(1, 2), numbers(3), 8, 4]);
    expect(takenFrom).toBe('the call model.fit(…) in cell 3');
    expect(value).toMatchObject({
      entries: { stoppedEpoch: 7, bestEpoch: 4, best: { entries: { mse: 4.01, mae: 2.02 } } },
    });
    const { taken } = await session().seen(false);
    expect(taken).toContainEqual({
      path: 'n.ipynb',
      name: 'train',
      from: 'the call model.fit(…) in cell 3',
      told: ['stops early, monitor val_mae, patience 30', 'epochs 300'],
      cells: [2, 3, 4],
    });
  });

  test('constants in a list, and a call with parts of what is handed over, follow the grader as well', async () => {
    expect((await call('initNet', [numbers(2, 4, 3)])).value).toMatchObject({
      entries: { weights: { items: [{ shape: [4, 2] }, { shape: [3, 4] }] } },
    });
    const { value } = await call('firstTwo', [await own(), numbers(3, 4, 9)]);
    const [a, b] = [numbers(15, 20), numbers(4, 5)].map(({ data }) => ({ data }));
    expect(value).toMatchObject({ kind: 'record', entries: { a, b } });
  });

  test('its loop over epochs goes round as often as is asked, and no other one', async () => {
    expect((await call('curve', [4])).value).toMatchObject({
      entries: { series: { data: Float64Array.of(3, 3, 3, 3) }, kept: { data: Float64Array.of(0, 1, 2) } },
    });
  });

  test('says how many rows and classes its data has, whatever it is handed', async () => {
    const images = { kind: 'bytes', data: new Uint8Array(3 * 784).fill(51) } as const;
    const { value } = await call('prepare', [images, { kind: 'bytes', data: Uint8Array.of(2, 0, 2) }]);
    expect(value).toMatchObject({ entries: { pixels: { shape: [3, 784] }, hot: { shape: [3, 10] } } });
  });

  /** A model that the grader makes, as far as the script can tell. */
  const own = async () => {
    const { value } = await session().call({ module: 'n.ipynb', name: 'buildModel' }, [5], { keep: 'handle' });
    return { kind: 'handle', id: (value as { id: number }).id } as const;
  };
});
