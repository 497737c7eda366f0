/** What sheets keep in global variables, print, or build in a cell, asked for as if it were functions; in the real box. */
import { describe, expect, test } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import { array, idOf } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';
import { askedIn, upToCell } from './inspect/unit-cells.ts';
import type { Assignment, Task } from '../../model/assignment.ts';
import type { Contract } from '../../model/contract.ts';

const program = `
import numpy as np
from sklearn.datasets import load_digits
import helpers

weights, biases = [np.zeros((2, 2))], None
# Constants of its own, under names that a network may have.
W, b = 28, ["T-shirt", "bag"]
sizes, rng = [9, 9], np.random.default_rng(1)

def train_one_sample(sample, y, learning_rate=0.5):
    global biases
    assert (W, b[1]) == (28, "bag")
    weights[0] -= learning_rate * sample.sum()
    biases = [biases[0] + helpers.depth()]

def train_in(net, sample, y):
    net.weights[0] += 1

def fn(x, y):
    return (w * x).sum() + offset - y, x

def feed_forward_dataset(x, y):
    for i in range(2):
        print(f'Average loss: {i + 0.5:.3f}  Accuracy: {i} / {len(x)} ( 5 %)')

def several(rates):
    return [feed_forward_dataset([rate], []) for rate in rates]

made = [np.full((n, m), rng.uniform()) for n, m in zip(sizes, sizes[1:])]
net = {'layers': made}
count = load_digits()
OWN, layers = 4, len(sizes)
alone = [np.full((OWN, layers), rng.uniform())]

def fixed(rng):
    return [np.full((OWN, 2), rng.uniform())], [layers]

rows = [np.zeros((1, 2))]

def show_row():
    print('Average loss:', rows[0].shape[0])

def step_row(x, rates=(0.003,)):
    rows[0] += rates[0] * x[None]

def test_and_step(x):
    step_row(x)
    show_row()
`;
const contract: Contract = {
  schema: 'gradmark/contract/v1',
  language: 'python',
  packages: ['numpy'],
  provides: { 'sklearn.datasets': 'own_digits.py' },
  names: {
    trainOneSample: {
      takes: [
        {
          ...{ name: 'net', global: true },
          options: [
            { name: 'weights', also: ['W'] },
            { name: 'biases', also: ['b'] },
          ],
        },
        { name: 'sample' },
        { name: 'y' },
        { name: 'lr', also: ['learning_rate'] },
      ],
    },
    trainIn: {
      takes: [{ name: 'net', global: true, options: [{ name: 'weights' }] }, { name: 'sample' }, { name: 'y' }],
    },
    oneLayer: {
      called: ['fn'],
      takes: [{ name: 'w', global: true }, { name: 'offset', global: true }, { name: 'x' }, { name: 'y' }],
      returns: ['loss', 'gradX'],
    },
    feedForwardDataset: {
      prints: { numbers: { averageLoss: 'Average loss: *([\\d.]+)', correct: '(\\d+) / \\d+' } },
    },
    scores: { called: ['feed_forward_dataset'], prints: { as: 'rows', numbers: { correct: '(\\d+) / \\d+' } } },
    log: { called: ['feed_forward_dataset'], prints: { as: 'columns', numbers: { loss: 'loss: *([\\d.]+)' } } },
    several: { prints: { as: 'columns', numbers: { loss: 'loss: *([\\d.]+)' } } },
    buildNet: { value: ['network', 'net'], takes: [{ name: 'sizes', as: 'list of integers' }, { name: 'rng' }] },
    ofItsOwn: {
      values: { weights: ['alone'] },
      takes: [{ name: 'sizes', also: ['layers'], as: 'list of integers' }, { name: 'rng' }],
    },
    fixed: {
      ...{ values: { weights: ['absent'] }, returns: ['weights', 'biases'] },
      takes: [{ name: 'sizes' }, { name: 'rng', optional: true }],
    },
    rowNet: { values: { biases: ['rows'] } },
    showRow: { takes: [{ name: 'net', global: true, options: [{ name: 'biases', also: ['rows'] }] }] },
    testAndStep: {
      takes: [
        { name: 'net', global: true, options: [{ name: 'biases', also: ['rows'] }] },
        { name: 'x' },
        { name: 'test', global: true },
        { name: 'epochs', optional: true, repeats: true, literal: 7 },
        { name: 'rate', optional: true, literal: 0.003 },
      ],
      before: { call: 'showRow', of: 'test' },
      prints: { as: 'rows', numbers: { loss: 'loss: *([\\d.]+)' } },
    },
    initNet: { values: { weights: ['made'] }, takes: [{ name: 'sizes', as: 'list of integers' }, { name: 'rng' }] },
  },
};
const files = {
  'q.py': program,
  'helpers.py': 'weights = []\ndef depth():\n    return len(weights)\n',
  'own_digits.py': 'def load_digits(n=3):\n    return n\n',
  'n.ipynb': JSON.stringify({
    nbformat: 4,
    cells: ['def f():\n    return g() + 1', 'def g():\n    return 1', 'def f():\n    return 5'].map((source) => ({
      cell_type: 'code',
      source,
    })),
  }),
};

describe.skipIf(withoutPython !== undefined)('a sheet that keeps its answers in variables', () => {
  const session = sharedPython(files, contract, ['f']);
  const row = (...numbers: number[]) => array(numbers, [numbers.length], 'nested', 'float64');
  const ask = async (name: string, args: readonly Arg[]) =>
    (await session().call({ module: 'q.py', name }, args)).value;

  test('finds its network in them, in every module that reads it, and leaves there what the grader reads', async () => {
    const entries = {
      weights: { kind: 'list', items: [row(1, 1)] },
      biases: { kind: 'list', items: [row(3)] },
    } as const;
    const net = await session().make({ kind: 'record', entries });
    await ask('trainOneSample', [net, row(1, 1), 0, 0.25]);
    expect(await session().get(net.id, 'weights')).toMatchObject({ data: new Float64Array([0.5, 0.5]) });
    expect(await session().get(net.id, 'biases')).toMatchObject({ data: new Float64Array([4]) });
    await ask('trainIn', [net, row(1, 1), 0]);
    expect(await session().get(net.id, 'weights')).toMatchObject({ data: new Float64Array([1.5, 1.5]) });
    expect(await ask('oneLayer', [row(1, 2), 5, row(3, 4), 1])).toMatchObject({
      kind: 'record',
      entries: { loss: 15 },
    });
  });

  test('gets the numbers of a row in a row, the asked rate for its constant, and as many rounds, beginning with a test', async () => {
    const net = await session().make({
      ...{ kind: 'record', entries: { biases: { kind: 'list', items: [row(1, 2)] } } },
    });
    const test = { kind: 'record', entries: {} } as const;
    expect(await ask('testAndStep', [net, row(4, 8), test, 3, 0.5])).toMatchObject({
      items: [1, 1, 1, 1].map((loss) => ({ entries: { loss } })),
    });
    const after = (await session().get(net.id, 'biases')) as { items?: unknown; data?: unknown };
    expect(after).toMatchObject({ data: new Float64Array([7, 14]) });
    await ask('testAndStep', [net, row(4, 8), test]);
    expect(await session().get(net.id, 'biases')).toMatchObject({ data: new Float64Array([7.012, 14.024]) });
  });

  test('is read from what it prints where it returns nothing', async () => {
    const entries = (averageLoss: number, correct: number) => ({
      ...{ kind: 'record', entries: { averageLoss, correct } },
      // The digits that it has been printed with, zeros at its end as well.
      printed: 3,
    });
    expect(await ask('feedForwardDataset', [row(1, 2, 3), row(0)])).toMatchObject(entries(1.5, 1));
    expect(await ask('scores', [row(1), row(0)])).toMatchObject({
      items: [{ entries: { correct: 0 } }, { entries: { correct: 1 } }],
    });
    expect(await ask('log', [row(1), row(0)])).toMatchObject({
      entries: { loss: { data: new Float64Array([0.5, 1.5]) } },
    });
    // As often as it returns nothing in a list, what was printed is shared out.
    const one = { entries: { loss: { data: new Float64Array([0.5, 1.5]) } } };
    expect([await ask('several', [row(1, 2)]), await ask('several', [row(1)])]).toMatchObject([
      { items: [one, one] },
      { items: [one] },
    ]);
  });

  test('builds anew what stands in a variable, with the grader’s arguments', async () => {
    const sent = [row(2, 1), { kind: 'rng', seed: 1, uniforms: [0.5] }] as const;
    const made = await session().call({ module: 'q.py', name: 'buildNet' }, sent, { keep: 'handle' });
    expect(await session().get(idOf(made.value), 'layers.0')).toMatchObject({
      shape: [2, 1],
      data: new Float64Array([0.5, 0.5]),
    });
    expect(await ask('initNet', sent)).toMatchObject({ held: true, entries: { weights: { shape: [1, 2, 1] } } });
  });

  test('leaves constants of its own what they are, and says that it did not take what it was handed', async () => {
    const sent = [row(2, 1), { kind: 'rng', seed: 1 }] as const;
    // `layers` is what sizes may be called, and here is how many there are.
    expect(await ask('ofItsOwn', sent)).toMatchObject({ held: true, entries: { weights: { shape: [1, 4, 2] } } });
    expect(await ask('fixed', sent)).toMatchObject({ held: true, entries: { weights: { shape: [1, 4, 2] } } });
  });

  test('addresses a name as it is after a cell', async () => {
    const after = async (cell: string) => (await session().call({ module: `n.ipynb${cell}`, name: 'f' }, [])).value;
    expect(await Promise.all([after('@2'), after('@3'), after('')])).toEqual([2, 5, 5]);
    await expect(after('@1')).rejects.toThrow("NameError: name 'g' is not defined at n.ipynb cell 1:2");
    await expect(session().call({ module: 'n.ipynb@2', name: 'h' }, [])).rejects.toThrow('n.ipynb does not define h');
  });
});

test('a unit stands under its heading, or in its place among the cells that define its names', () => {
  const tasks = ['a', 'b'].map((unit) => ({ id: unit, unit, exports: ['optimizeF'] }) as Task);
  const units = { a: { headings: ['1.1a', 'Constant step'], nth: 1 }, b: { headings: ['1.1g'] } };
  const assignment = { tasks, python: { ...contract, units } } as unknown as Assignment;
  expect(askedIn(contract, tasks)).toEqual(['optimizeF', 'optimize_f']);
  const binding = [2, 4, 7, 9].map((cell) => ({ cell, begins: '', state: 'run' as const, binds: ['optimize_f'] }));
  const at = (unit: string, headings: [number, string, number?][], cells = binding) =>
    upToCell(
      'n.ipynb',
      { path: '', cells, headings: headings.map(([cell, text, depth = 2]) => ({ cell, text, depth })) },
      unit,
      assignment,
    );
  const whole: [number, string, number?][] = [
    [1, '1.1 Descent', 1],
    [3, 'Question 1.1a'],
    [5, 'notes', 3],
    [6, '1.1g: decay'],
  ];
  expect([at('a', whole), at('b', whole)]).toEqual(['n.ipynb@4', 'n.ipynb@9']);
  expect([at('a', []), at('b', [])]).toEqual(['n.ipynb@2', 'n.ipynb']);
  expect(
    at('a', [
      [1, '11.1a'],
      [2, '1.1a.2'],
    ]),
  ).toBe('n.ipynb@2');
  expect(at('b', [[1, '1.1g']], [])).toBe('n.ipynb');
});
