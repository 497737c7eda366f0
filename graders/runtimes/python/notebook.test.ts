/** Notebooks in the real box: what of them is run, and what becomes of the rest. */
import { describe, expect, test } from 'vitest';
import { openAccount } from '../../model/account.ts';
import { readIn, readInside } from '../../sandbox/session/read-inside.ts';
import { openSession, warmGuest } from '../../sandbox/session/session.ts';
import { notebooksOf } from './inspect/cells-run.ts';
import { pythonLaunch, sharedPython, withoutPython } from './python.testing.ts';

const book = (cells: readonly string[], more: object = {}) =>
  JSON.stringify({
    nbformat: 4,
    metadata: { kernelspec: { language: 'python' } },
    cells: cells.map((source) => ({ cell_type: source.startsWith('# ') ? 'markdown' : 'code', source, outputs: [] })),
    ...more,
  });

const cells = [
  '# Homework',
  '!pip install numpy\n%matplotlib inline\nimport numpy as np',
  '%%time\ndef f(x):\n    return g(x) * SCALE + len(weights)',
  'weights = []\nfor i in range(3):\n    weights.append(np.zeros(i))\nprint(weights)',
  'while True:\n    pass',
  'x = [0',
  'SCALE = 2\nmodel = f(1)\nmodel.fit(3)',
  'def g(x):\n    return x',
  'def g(x):\n    return x + 1',
  '%%bash\nrm -rf /',
  'class Sigmoid:\n    pass',
  'Sigmoid.slope = lambda self, a: a * (1 - a)',
  'raise ValueError("of nobody\'s business")',
  'def h():\n    return BROKEN\n\n\ndef k():\n    return [1][2]',
  'import numpy as np\nBROKEN = 1 / 0',
  'if __name__ == "__main__":\n    main = 5',
];

const GIVEN = 'what it loads from numpy is the grader’s';
const UNNEEDED = 'nothing that is asked needs the rest';

describe.skipIf(withoutPython !== undefined)('a notebook', () => {
  const session = sharedPython(
    { 'n.ipynb': book(cells), 'm.py': '# %% one\ndef f():\n    return 1\n# %%\nwhile True:\n    pass\n' },
    undefined,
    ['f', 'Sigmoid', 'h', 'k', 'main'],
  );
  const ask = async (name: string, args: number[] = [], module = 'n.ipynb') =>
    (await session().call({ module, name }, args)).value;

  test('is run as far as the asked names need it: the last definition holds, an endless cell is left alone', async () => {
    expect(await ask('f', [3])).toBe(11);
    expect(await ask('main').catch((error: Error) => error.message)).toBe(
      'n.ipynb defines main, but it is a number, not a function',
    );
    expect(await ask('f', [], 'm.py')).toBe(1);
  });

  test('what raises loses its own names alone, told with cell and line', async () => {
    await expect(ask('h')).rejects.toThrow("NameError: name 'BROKEN' is not defined at n.ipynb cell 14:2");
    await expect(ask('BROKEN')).rejects.toThrow('ZeroDivisionError: division by zero at n.ipynb cell 15:2');
    await expect(ask('k')).rejects.toMatchObject({ place: { path: 'n.ipynb cell 14', line: 6 } });
  });

  test('is read without being run, and what becomes of each cell is said', async () => {
    const launch = await pythonLaunch([]);
    const texts = [
      { path: 'n.ipynb', code: book(cells) },
      { path: 'r.ipynb', code: book([], { metadata: { kernelspec: { language: 'R' } } }) },
      { path: 'old.ipynb', code: book([], { nbformat: 2 }) },
      {
        path: 'three.ipynb',
        code: JSON.stringify({
          nbformat: 3,
          worksheets: [
            {
              cells: [
                {
                  cell_type: 'code',
                  input: ['import torch\nimport numpy as np\ndef f():\n', '    np.pi\ndef other():\n    torch.ones(2)'],
                },
              ],
            },
          ],
        }),
      },
      { path: 'deep.ipynb', code: '['.repeat(100_000) },
      { path: 'bomb.py', code: `x = ${'('.repeat(5000)}` },
    ];
    const [first, r, old, three, deep, bomb] = await readInside(launch, texts, ['f', 'Sigmoid'], openAccount());
    const [run] = notebooksOf([first!], { raised: [], drawn: [] }, ['numpy']);
    expect(run!.cells.map(({ cell, state, because }) => [cell, state, ...because])).toEqual([
      [2, 'in part', 'shell commands are not run', 'nothing that is asked needs what was left out', GIVEN],
      [3, 'run'],
      [4, 'in part', 'what was left out only prints'],
      [5, 'not run', 'it trains or tries out, which is not asked of it here'],
      [6, 'unreadable', "it cannot be read as Python: line 1: '[' was never closed"],
      [7, 'in part', 'what was left out trains or tries out, which is not asked of it here', UNNEEDED],
      [8, 'run'],
      [9, 'run'],
      [10, 'not run', '%%bash is not run'],
      [11, 'run'],
      [12, 'run'],
      [13, 'not run', 'nothing that is asked needs it'],
      [14, 'not run', 'nothing that is asked needs it'],
      [15, 'in part', 'nothing that is asked needs what was left out', GIVEN],
      [16, 'not run', 'nothing that is asked needs it'],
    ]);
    expect(run!.cells.map(({ under }) => under)).toEqual(Array(15).fill('Homework'));
    expect(run!.cells[1]!.begins).toBe('%%time');
    expect([r, old].map((file) => file!.syntax!.message)).toEqual([
      'its kernel is R, and Python is asked for',
      'notebooks of format 3 and 4 are read, this one says 2',
    ]);
    expect(three!.defines).toMatchObject([
      { name: 'f', cell: 1 },
      { name: 'other', cell: 1 },
    ]);
    // What is not run breaks no rule: another problem of the sheet may be asked of a library.
    expect([three!.imports, three!.names]).toMatchObject([[{ name: 'numpy' }], [{ name: 'np.pi' }]]);
    expect([deep, bomb].map((file) => file!.syntax !== undefined)).toEqual([true, true]);
  });

  test('is run in the process that has read it, as it is handed over then', async () => {
    const launch = await pythonLaunch();
    const guest = await warmGuest(launch);
    const asked = ['f'];
    const text = (answer: number) => book([`def f():\n    return ${answer}`, 'x = 1']);
    const read = ['same', 'other'].map((name) => ({ path: `${name}.ipynb`, code: text(1) }));
    const facts = await readIn(guest, read, asked, openAccount());
    expect(facts.map(({ cells: all }) => all!.map(({ state }) => state))).toEqual(Array(2).fill(['run', 'not run']));
    const modules = [read[0]!, { path: 'other.ipynb', code: text(2) }];
    const warmed = await openSession({ launch, warm: guest, modules, imports: ['numpy'], asked });
    const f = async (module: string) => (await warmed.call({ module, name: 'f' }, [])).value;
    expect([await f('same.ipynb'), await f('other.ipynb')]).toEqual([1, 2]);
    await warmed.close();
  });

  test('is told with the names for which it imports something: a library for one problem is none for another', async () => {
    const parts = [
      'import numpy as np\nimport torch',
      'for i in [torch.pi]:\n    last = i',
      'weights = []\nfor i in range(3):\n    weights.append(np.ones(i))',
      'def net():\n    return torch.nn.Linear(1, 1)\ndef first():\n    return weights[0]',
    ];
    const texts = [{ path: 'n.ipynb', code: book(parts) }];
    const [facts] = await readInside(await pythonLaunch([]), texts, ['net', 'first'], openAccount());
    const needing = (items: { name: string; for?: string[] }[] = []) =>
      items.map(({ name, for: by }) => [name, ...by!]);
    expect(needing(facts!.imports)).toEqual([
      ['numpy', 'first'],
      ['torch', 'net'],
    ]);
    expect(needing(facts!.names)).toEqual([
      ['weights.append', 'first'],
      ['np.ones', 'first'],
      ['torch.nn.Linear', 'net'],
      ['torch.nn', 'net'],
    ]);
  });

  test('is told under full names, whatever it calls what it imports; names of its own are no library’s', async () => {
    const lines = [
      'import tensorflow as tf',
      'import torch.nn as nn',
      'from keras.layers import Dense as D',
      'layers = tf.keras.layers',
      'def f(nn): return nn.forward(layers.Dropout, D, tf.keras.datasets.mnist)',
    ];
    const [facts] = await readInside(
      await pythonLaunch([]),
      [{ path: 'p.py', code: lines.join('\n') }],
      [],
      openAccount(),
    );
    expect(facts!.names!.map(({ name, of }) => [name, of]).toSorted()).toEqual([
      ['D', 'keras.layers.Dense'],
      ['layers', 'tensorflow.keras.layers'],
      ['layers.Dropout', 'tensorflow.keras.layers.Dropout'],
      ['nn.forward', undefined],
      ['tf.keras', 'tensorflow.keras'],
      ['tf.keras.datasets', 'tensorflow.keras.datasets'],
      ['tf.keras.datasets.mnist', 'tensorflow.keras.datasets.mnist'],
      ['tf.keras.layers', 'tensorflow.keras.layers'],
    ]);
  });
});
