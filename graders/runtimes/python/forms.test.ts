/** Forms in which right programs are written, each asked for as it wants to be; in the real box. */
import { describe, expect, test } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import type { Contract } from '../../model/contract.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const program = `
import functools
import numpy as np
from nn import doubled
from lib.deep.tools import tripled

@functools.singledispatch
def dispatches(x):
    return 'anything'

@dispatches.register
def _(x: float):
    return 'a number'

def by_place(function):
    @functools.wraps(function)
    def wrapped(*args):
        return function(*args)
    return wrapped

@by_place
def decorated(x):
    return x

def slope(x):
    return (x > 0).astype(float)

def only_named(*, anything):
    return anything

def runs(data, **options):
    return [options['batch_size'], options['lr']]

def draws(rng):
    return np.random.default_rng(rng) is rng

own = np.random.default_rng(7)

def draws_its_own():
    return float(own.random() + np.random.rand())

def scores(net, train, test):
    return [(0.5, 1), (0.25, 2)]

def table(net):
    return np.array([[0.5, 1], [0.25, 2]])

def one_pair(net):
    return [0.5, 0.25]

def trains():
    return x_train.sum()

def tests():
    return x_train.sum() - x_test.sum()

def from_packages():
    return [doubled(2), tripled(2)]
`;
const rows = ['loss', 'correct'];
const samples = (of: string) => ({ name: of, global: true, options: [{ name: 'X', also: [`x_${of}`] }] });
const names: Contract['names'] = {
  dispatches: { takes: [{ name: 'x', as: 'float' }] },
  decorated: { takes: [{ name: 'x' }] },
  slope: { takes: [{ name: 'x', as: 'numpy float' }] },
  runs: {
    takes: [{ name: 'data' }, { as: 'keywords', options: [{ name: 'batchSize' }, { name: 'lr' }] }],
  },
  drawsItsOwn: { takes: [{ name: 'rng', optional: true }] },
  scores: { rows },
  table: { rows },
  onePair: { rows },
  trains: { takes: [{ name: 'X', also: ['x_train'], global: true }] },
  tests: { takes: [samples('train'), samples('test')] },
};
const files = {
  'q.py': program,
  'nn/__init__.py': 'from .inner import doubled\nfrom . import inner\nassert inner.doubled is doubled\n',
  'nn/inner.py': 'def doubled(x):\n    return 2 * x\n',
  'lib/deep/tools.py': 'def tripled(x):\n    return 3 * x\n',
};

describe.skipIf(withoutPython !== undefined)('a program in Python is asked', () => {
  const session = sharedPython(files, { names });
  const ask = async (name: string, args: readonly Arg[] = []) =>
    (await session().call({ module: 'q.py', name }, args)).value;
  const row = (...numbers: number[]) => array(numbers, [numbers.length], 'nested', 'float64');

  test('by place, where a function goes by the place of an argument', async () => {
    expect(await ask('dispatches', [2])).toBe('a number');
    expect(await ask('decorated', [2])).toBe(2);
  });

  test('with the numbers that an array of numpy holds, where a sheet’s own are entries of one', async () => {
    expect([await ask('slope', [2]), await ask('slope', [-0.5])]).toEqual([1, 0]);
  });

  test('by name, where it takes names alone, known or not', async () => {
    expect(await ask('onlyNamed', [7])).toBe(7);
    const options: Arg = { kind: 'record', entries: { batchSize: 4, lr: 1 } };
    expect(await ask('runs', [null, options])).toMatchObject({ data: new Float64Array([4, 1]) });
  });

  test('with the grader’s random source where it wants to make one of it', async () => {
    expect(await ask('draws', [{ kind: 'rng', seed: 3 }])).toBe(true);
  });

  test('with the grader’s seed for the sources of its own, where it takes none', async () => {
    const made = (seed: number) => session().make({ kind: 'rng', seed });
    const first = await made(3);
    const [a, b] = [await ask('drawsItsOwn', [first]), await ask('drawsItsOwn', [first])];
    const [c, d] = [await ask('drawsItsOwn', [await made(3)]), await ask('drawsItsOwn', [await made(4)])];
    expect([a === b, a === c, a === d]).toEqual([false, true, false]);
  });

  test('for rows, which are read by their places: tuples, or an array', async () => {
    const read = { items: [{ entries: { loss: 0.5, correct: 1 } }, { entries: { loss: 0.25, correct: 2 } }] };
    expect(await ask('scores', [null, null, null])).toMatchObject(read);
    expect(await ask('table', [null])).toMatchObject(read);
    expect(await ask('onePair', [null])).toMatchObject({ data: new Float64Array([0.5, 0.25]) });
  });

  test('with variables that it has not, anew for each call', async () => {
    const sent = (x: Arg): Arg => ({ kind: 'record', entries: { X: x } });
    expect(await ask('trains', [row(1, 2)])).toBe(3);
    // X is what both are called elsewhere: the first call must not have left one for the second to be put into.
    expect(await ask('tests', [sent(row(4, 5)), sent(row(1))])).toBe(8);
    await expect(ask('tests')).rejects.toThrow("name 'x_train' is not defined");
  });

  test('in packages that import relatively, and in folders without an __init__.py', async () => {
    expect(await ask('fromPackages')).toMatchObject({ data: new Float64Array([4, 6]) });
  });
});
