/** Calls in cells that train and print, asked for as if they were a function of data and settings; in the real box. */
import { describe, expect, test } from 'vitest';
import type { Contract } from '../../model/contract.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const cells = [
  'import tensorflow as tf\n(x, y), (x2, y2) = tf.keras.datasets.mnist.load_data()\nx = x.reshape(-1, 28 * 28) / 255',
  `class Net:
    def __init__(self, sizes, activation=None, name='net'):
        self.sizes, self.rounds, self.activation = sizes, 0, activation
    def evaluate(self, data, epochs=9, eta=0.5, eval_train=False):
        for _ in range(epochs):
            self.rounds += 1
            print(f'Train error: {self.rounds * eta / 100:.3f}' if eval_train else '')
        self.seen = data`,
  'def f_relu(x):\n    return abs(x)',
  "net = Net([784, 30], name='first')\nnet.evaluate(x)",
  'net = Net([784, 30])\nnet.evaluate(x, eta=0.25)\nprint("low")',
  'net.evaluate(x, 3, eta=0.125)',
  'net = Net([784, 30], activation=f_relu)',
];
const tables = { images: 'images', labels: 'labels' };
const settings = { name: 'epochs', as: 'integer' } as const;
const sizes = { name: 'sizes', as: 'list of integers', literal: [784, 30] } as const;
const shared = {
  prints: { numbers: { acc: 'acc: ([\\d.]+)' }, complements: { acc: 'error: ([\\d.]+)' }, as: 'columns' },
  always: { eval_train: true },
} as const;
const runs = { call: 'evaluate', through: ['Net'] };
const contract: Contract = {
  schema: 'gradmark/contract/v1',
  language: 'python',
  packages: ['numpy'],
  provides: { 'tensorflow.keras.datasets.mnist': 'keras_images.py' },
  names: {
    run: { takes: [{ name: 'data', tables }, sizes, settings, { name: 'eta' }], ...shared, runs },
    rates: {
      takes: [{ name: 'data', tables }, sizes, { name: 'etas', as: 'list' }, settings],
      ...shared,
      runs: { ...runs, numbers: [0.25, 0.125], turns: { of: 'etas', names: ['eta'] } },
    },
    NetRelu: { madeWith: { class: 'Net', with: 'fRelu' } },
    evaluate: { takes: [{ name: 'data' }], ...shared },
  },
};
const book = { nbformat: 4, cells: cells.map((source) => ({ cell_type: 'code', source })) };

describe.skipIf(withoutPython !== undefined)('calls in cells', () => {
  const session = sharedPython({ 'n.ipynb': JSON.stringify(book) }, contract, ['Net', 'fRelu', 'f_relu']);
  const numbers = (...all: number[]) => array(all, [all.length], 'nested', 'float64');
  const data = {
    kind: 'record',
    entries: { images: array([0, 0.2, 0.4, 1, 0, 0, 0, 1], [2, 4], 'nested', 'float64'), labels: numbers(1, 2) },
  } as const;
  const target = (name: string) => ({ module: 'n.ipynb', name });

  test('get the grader’s settings by the names of parameters, are told what to print, and an error is what an accuracy leaves', async () => {
    const { value, takenFrom } = await session().call(target('run'), [data, numbers(4, 2), 3, 2]);
    expect(takenFrom).toBe('the call evaluate(…) in cell 4');
    expect(value).toMatchObject({ entries: { acc: numbers(0.98, 0.96, 0.94) }, printed: 3 });
  });

  test('one after the other give a list, each going on with what the script then has; the last stands for further ones', async () => {
    const { value } = await session().call(target('rates'), [data, numbers(4, 2), numbers(1, 2, 3), 2]);
    expect(value).toMatchObject({
      items: [
        [0.99, 0.98],
        [0.94, 0.92],
        [0.85, 0.82],
      ].map((acc) => ({ entries: { acc: numbers(...acc) } })),
    });
  });

  test('a class that is made with one argument more stands for a class of the sheet', async () => {
    const { value } = await session().construct(target('NetRelu'), [numbers(3)]);
    const { id } = value as { id: number };
    expect(await session().get(id, 'sizes')).toMatchObject({ data: new Float64Array([3]) });
    expect(await session().get(id, 'activation')).toMatchObject({ kind: 'handle' });
  });
});
