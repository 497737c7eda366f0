/** What a script draws for a network, asked for as if it had the sheet's functions and names; in the real box. */
import { describe, expect, test } from 'vitest';
import type { Arg, Value } from '../../model/guest.ts';
import type { Contract, NameContract } from '../../model/contract.ts';
import type { NdArray } from '../../model/numbers.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const inLists = `
import numpy as np
SIZES = [64, 32, 32, 16]

def init(how):
    ws, bs = [], []
    for i, o in zip(SIZES, SIZES[1:]):
        if how == 'plain':
            w = np.random.normal(size=(o, i))
        elif how == 'glorot normal':
            w = np.random.normal(size=(o, i)) * 0.01
        else:
            w = np.random.uniform(-1, 1, size=(o, i))
        ws.append(w)
        bs.append(np.zeros(o))
    return ws, bs

def propagate(h, ws, bs):
    found = []
    for w, b in zip(ws, bs):
        h = w @ h + b
        found.append(h)
    return found

start = np.ones(SIZES[0])
w_all, b_all = init('plain')
print(propagate(start, w_all, b_all))
for how in ('glorot uniform', 'glorot normal'):
    print(propagate(start, *init(how)))
`;
const apart = `
import numpy as np
n0, n1, n2 = 64, 32, 16

class Net:
    def __init__(self):
        self.a = np.random.normal(size=(n0, n1))
        self.b = np.random.normal(size=(n1, n1))
        self.c = np.random.normal(size=(n1, n2))
        self.p, self.q, self.r = np.zeros(n1), np.zeros(n1), np.zeros(n2)

    def run(self, x):
        h1 = x @ self.a + self.p
        h2 = h1 @ self.b + self.q
        return [h1, h2, h2 @ self.c + self.r]

net = Net()
x = np.ones((1, n0))
outputs = net.run(x)
for x in range(3):
    pass
`;
const within = `
import numpy as np

class Experiment:
    def __init__(self, sizes):
        self.sizes = sizes

    def draw(self, law):
        pairs = list(zip(self.sizes, self.sizes[1:]))
        return [law(size=pair) for pair in pairs], [np.zeros(o) for _, o in pairs]

    def run(self, law, h):
        found = []
        for w, b in zip(*self.draw(law)):
            h = h @ w + b
            found.append(h)
        return found

START = np.ones((1, 64))
outputs = Experiment([64, 32, 32, 16]).run(np.random.normal, START)
`;
const drawn = (network: NonNullable<NameContract['network']>, ...takes: string[]): NameContract => ({
  network,
  takes: takes.map((name) => (name === 'sizes' ? { name, literal: [64, 32, 32, 16] } : { name })),
  ...(network === 'weights' && { returns: ['weights', 'biases'] }),
});
const contract: Contract = {
  schema: 'gradmark/contract/v1',
  language: 'python',
  packages: ['numpy'],
  names: {
    weightsOf: drawn('weights', 'sizes'),
    inputOf: { ...drawn('input', 'n'), value: ['x'] },
    run: drawn('activations', 'x', 'weights', 'biases'),
    normal: drawn('normal', 'shape'),
    uniform: drawn('uniform', 'shape'),
  },
};
const numbers = (...all: number[]) => array(all, [all.length], 'nested', 'float64');
const matrix = (rows: number, columns: number, of: number) =>
  array(new Array<number>(rows * columns).fill(of), [rows, columns], 'tensor', 'float64');
const items = (...all: NdArray[]) => ({ kind: 'list', items: all }) as const;

describe.skipIf(withoutPython !== undefined)('what a script draws for a network', () => {
  const lists = sharedPython({ 'n.py': `# %%\n${inLists}` }, contract, ['run']);
  const others = sharedPython({ 'n.py': `# %%\n${apart}` }, contract, ['run']);
  const methods = sharedPython({ 'n.py': `# %%\n${within}` }, contract, ['run']);
  const ask = async (session: ReturnType<typeof lists>, name: string, args: readonly Arg[]): Promise<Value> =>
    (await session.call({ module: 'n.py', name }, args)).value;

  test('weights, biases and input are known by their shapes, in lists of any name or one by one', async () => {
    for (const [session, first, last] of [
      [lists(), [5, 7], [2, 5]],
      [others(), [7, 5], [5, 2]],
      [methods(), [7, 5], [5, 2]],
    ] as const) {
      const found = await ask(session, 'weightsOf', [numbers(7, 5, 5, 2)]);
      const weights = { items: [{ shape: first }, { shape: [5, 5] }, { shape: last }] };
      const biases = { items: [{ shape: [5] }, { shape: [5] }, { shape: [2] }] };
      expect(found).toMatchObject({ entries: { weights, biases } });
    }
    expect(await ask(lists(), 'inputOf', [9])).toMatchObject({ shape: [9] });
    expect(await ask(others(), 'inputOf', [9])).toMatchObject({ shape: [1, 9] });
  });

  test('activations follow from the grader’s weights, whatever sizes these have', async () => {
    const x = array([1, 2], [2], 'tensor', 'float64');
    const ones = (n: number) => array(new Array<number>(n).fill(1), [n], 'tensor', 'float64');
    const sent = [x, items(matrix(3, 2, 1), matrix(4, 3, 2), matrix(1, 4, 1)), items(ones(3), ones(4), ones(1))];
    const row = array([1, 2], [1, 2], 'tensor', 'float64');
    const turned = [row, items(matrix(2, 3, 1), matrix(3, 4, 2), matrix(4, 1, 1)), items(ones(3), ones(4), ones(1))];
    const layers = [[4, 4, 4], [25, 25, 25, 25], [101]].map((layer) => ({ data: Float64Array.from(layer) }));
    expect(await ask(lists(), 'run', sent)).toMatchObject({ items: layers });
    expect(await ask(others(), 'run', turned)).toMatchObject({ items: layers });
    expect(await ask(methods(), 'run', turned)).toMatchObject({ items: layers });
  });

  test('of what is drawn after the first, words tell the law, and the shape which way round it is kept', async () => {
    const largest = (value: Value) => Math.max(...(value as NdArray).data.map(Math.abs));
    const uniform = await ask(lists(), 'uniform', [numbers(30, 40)]);
    const normal = await ask(lists(), 'normal', [numbers(30, 40)]);
    expect([uniform, normal]).toMatchObject([{ shape: [30, 40] }, { shape: [30, 40] }]);
    expect([largest(uniform) > 0.9, largest(normal) < 0.1]).toEqual([true, true]);
    await expect(ask(others(), 'normal', [numbers(30, 40)])).rejects.toThrow('what it draws cannot stand for it');
  });
});
