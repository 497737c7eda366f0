/** What a program plots, recorded in the real box: what matplotlib would draw, and nothing of what hostile calls hand it. */
import { describe, expect, test } from 'vitest';
import type { Drawing } from '../../model/drawing.ts';
import { openSession } from '../../sandbox/session/session.ts';
import { readRecorded } from './plots/recorded.ts';
import { besideLibrary, pythonLaunch, withoutPython, withoutTensorFlow, withoutTorch } from './python.testing.ts';

type Lines = Extract<Drawing, { kind: 'lines' }>;

/** What is drawn in these cells, by cell, where `fractions` is said to take longer than a drawing may. */
async function drawn(...cells: string[]): Promise<Map<string, Drawing[]>> {
  const code = JSON.stringify({ nbformat: 4, cells: cells.map((source) => ({ cell_type: 'code', source })) });
  const session = await openSession({
    launch: await pythonLaunch(),
    modules: [{ path: 'n.ipynb', code }],
    imports: ['numpy'],
    contract: { names: {} },
    asked: ['f'],
  });
  try {
    const seen = await session.seen(true, ['fractions']);
    const by = new Map<string, Drawing[]>();
    for (const { path, drawing } of seen.drawn) {
      const cell = path.replace('n.ipynb cell ', '');
      by.set(cell, [...(by.get(cell) ?? []), drawing]);
    }
    return by;
  } finally {
    await session.close();
  }
}

const head = 'import numpy as np\nimport matplotlib.pyplot as plt\nxs = np.linspace(0, 1, 1000)';

describe.skipIf(withoutPython !== undefined)('plots', () => {
  test('are curves with places, labels and names; longer ones are thinned', async () => {
    const found = await drawn(
      head,
      "plt.plot(xs, xs**2, 'r-', label='square')\nplt.plot([0, 1], [1, 0], 'ko')\nplt.title('Two')\nplt.xlabel('x')\nplt.ylabel('y')\nplt.legend()\nplt.show()\nplt.plot([3, 1, 2])",
    );
    const [first, second] = found.get('2') as Lines[];
    expect(first).toMatchObject({ kind: 'lines', title: 'Two', xLabel: 'x', yLabel: 'y' });
    const [square, dots] = first!.series;
    expect([square!.name, square!.values.length, square!.at!.length]).toEqual(['square', 200, 200]);
    expect(square!.values[100]).toBeCloseTo(square!.at![100]! ** 2, 12);
    expect(dots).toEqual({ name: '', every: 1, values: [1, 0], at: [0, 1], dots: true });
    expect(second!.series).toEqual([{ name: '', every: 1, values: [3, 1, 2] }]);
  });

  test('lie on the axes that they are drawn on: histograms, bars, images, points, loops over axes', async () => {
    const found = await drawn(
      head,
      "fig, ax = plt.subplots(2, 2)\nax[0, 0].scatter(xs, xs)\nax[0, 1].hist([1, 1, 2], bins=2)\nax[1, 0].imshow(np.ones((100, 30)))\nax[1, 0].set_title('ones')\nax[1, 1].bar(['a', 'b'], [3, 4])",
      'fig, axes = plt.subplots(1, 3)\nfor ax, k in zip(axes.flat, range(3)):\n    ax.plot([k])',
      'def show_all(k):\n    plt.figure()\n    plt.plot([k, k])',
      'show_all(7)',
    );
    expect(found.get('2')!.map(({ kind }) => kind)).toEqual(['lines', 'bars', 'image', 'bars']);
    expect(found.get('2')![1]).toMatchObject({ edges: [1, 1.5, 2], heights: [2, 1] });
    expect(found.get('2')![2]).toMatchObject({ title: 'ones', rows: { length: 50 } });
    expect(found.get('3')!.map((one) => (one as Lines).series[0]!.values)).toEqual([[0], [1], [2]]);
    expect([found.has('4'), (found.get('5')![0] as Lines).series[0]!.values]).toEqual([false, [7, 7]]);
  });

  test('are made without any training, and without what training would have changed', async () => {
    const found = await drawn(
      `${head}\nclass Net:\n    w = 0\n    def fit(self):\n        self.w = 1\n        return [1, 2]\nnet = Net()`,
      'losses = net.fit()',
      'plt.plot(losses)',
      'plt.plot([net.w])',
      'plt.plot(xs[:2])',
    );
    expect([...found.keys()]).toEqual(['4', '5']);
    const changed = await drawn(
      `${head}\nclass Net:\n    w = 0\n    def fit(self):\n        self.w = 1\nnet = Net()`,
      'net.fit()',
      'plt.plot([net.w])',
    );
    expect([...changed.keys()]).toEqual([]);
  });

  test('are run for a judgement with few rounds of their training, and with smaller numbers in the place of the sheet’s', async () => {
    const draws = { rounds: 4, smaller: [{ from: 8192, to: 6 }], kinds: ['curves', 'bars'] };
    const session = await openSession({
      launch: await pythonLaunch(),
      modules: [
        {
          path: 'n.py',
          code: [
            head,
            'class Net:\n    def __init__(self):\n        self.w = 0.0\n    def step(self):\n        self.w += 1\n        return 1 / self.w',
            'net, losses = Net(), []\nEPOCHS = 300\nfor epoch in range(EPOCHS):\n    for batch in range(9):\n        loss = net.step()\n    losses.append(loss)',
            'def run(net, n_epochs=50):\n    return [net.step() for _ in range(n_epochs)]\nmore = run(net)',
            "fig, ax = plt.subplots()\nline, = ax.plot(range(1, EPOCHS + 1), losses)\nax.plot(more)\nline.set_label('nine steps')\nax.set(xlabel='epoch', ylabel='loss')\nax.legend()\nplt.savefig('loss.png')",
            "heights, edges, _ = plt.hist(np.arange(8192) / 8192, bins=3, density=True)\nplt.title(f'{heights.sum():.0f}')",
            'plt.plot([net.w])\nplt.plot(undefined_name)\nplt.imshow(np.ones((3, 3)))\nprint("never asked")',
          ]
            .map((cell) => `# %%\n${cell}\n`)
            .join(''),
        },
      ],
      imports: ['numpy'],
      contract: { names: { plots: { draws } } },
      asked: [],
    });
    const { value } = await session.call({ module: 'n.py', name: 'plots' }, []);
    const { plots, raised, cells } = readRecorded(value);
    const [lines, bars, last] = plots;
    expect(lines).toMatchObject({ cell: 6, xLabel: 'epoch', yLabel: 'loss' });
    expect(lines!.curves.map(({ name, values }) => [name, values])).toEqual([
      ['nine steps', [1 / 9, 1 / 18, 1 / 27, 1 / 36]],
      ['', [1 / 37, 1 / 38, 1 / 39, 1 / 40]],
    ]);
    expect(bars).toMatchObject({ title: '4', bars: [{ edges: { length: 4 }, heights: [1.2, 1.2, 1.2], count: 6 }] });
    // What a training changed is seen, too.
    expect(last!.curves[0]!.values).toEqual([40]);
    expect([raised.map(({ cell }) => cell), cells, plots.length]).toEqual([[8], [2, 3, 4, 5, 6, 7, 8], 3]);
    await session.close();
  });

  test('are not begun where what they need takes longer than they may', async () => {
    const found = await drawn(
      `${head}\nfrom fractions import Fraction`,
      'half = float(Fraction(1, 2))\nplt.plot([half])\nplt.plot([3])',
      'plt.plot([2 * half])',
      'plt.plot([4])',
    );
    expect([...found].map(([cell, plots]) => [cell, (plots[0] as Lines).series[0]!.values])).toEqual([
      ['2', [3]],
      ['4', [4]],
    ]);
  });

  test('hostile ones are bounded: a billion points, no numbers, objects that raise, iterators without an end', async () => {
    const found = await drawn(
      `${head}\nimport itertools\nclass Evil:\n    def __len__(self): raise SystemExit\n    def __iter__(self): raise SystemExit\n    def __array__(self, *a): raise SystemExit\n    def __str__(self): raise SystemExit\nclass Long(list):\n    def __len__(self): return 10**18\n    def __getitem__(self, key): raise KeyboardInterrupt`,
      'plt.plot(np.broadcast_to(1.0, 10**9))',
      "plt.plot([1, float('nan'), float('inf'), None, 'x', 10**400, 2])",
      'plt.plot(Evil(), Evil())\nplt.title(Evil())\nplt.plot(Long([1, 2]))',
      'plt.plot(itertools.count())\nplt.scatter(itertools.count(), itertools.repeat(1))',
      'plt.hist(np.broadcast_to(1.0, 10**9), bins=10**9)\nplt.show()\nplt.hist(itertools.count())',
      'plt.imshow(np.broadcast_to(2.0, (10**5, 10**5)))',
      "plt.title('t' * 10**6)\nplt.plot(np.zeros((3, 10**6)))",
      'for i in range(10**4):\n    plt.figure()\n    plt.plot([i])',
      'plt.plot([1e-320, 1e300])',
      'try:\n    plt.plot([sum(1 for _ in range(10**9))])\nexcept Exception:\n    pass',
    );
    const all = [...found.values()].flat();
    expect(all.length).toBeLessThanOrEqual(24);
    expect(JSON.stringify(all).length).toBeLessThan(200_000);
    expect((found.get('2') as Lines[])[0]!.series[0]!.values.length).toBeLessThanOrEqual(240);
    expect((found.get('3') as Lines[])[0]!.series[0]!.values).toEqual([1, 0, 0, 0, 0, 0, 2]);
    expect((found.get('4') as Lines[])[0]!.series[0]!.values).toEqual([1, 2]);
    expect(found.has('5')).toBe(false);
    expect(found.get('6')).toMatchObject([{ heights: { length: 400 } }]);
    expect(found.get('7')).toMatchObject([{ rows: { length: 64 } }]);
    const [wide] = found.get('8') as Lines[];
    expect([wide!.title.length, wide!.series.length]).toEqual([61, 6]);
  });

  test('a cell that draws without an end, and modules of a program that are called as ours, do no harm', async () => {
    const launch = await pythonLaunch();
    const cells = [head, 'def f():\n    return 1', 'plt.plot([1])\nwhile True:\n    plt.plot([1])'];
    const session = await openSession({
      launch,
      modules: [
        { path: 'n.py', code: cells.map((cell) => `# %%\n${cell}\n`).join('') },
        { path: 'plots.py', code: 'def mine():\n    return 5\n' },
        { path: 'cells.py', code: 'from plots import mine\ndef twice():\n    return 2 * mine()\n' },
      ],
      imports: ['numpy'],
      contract: { names: {} },
      asked: ['f'],
    });
    expect((await session.call({ module: 'cells.py', name: 'twice' }, [])).value).toBe(10);
    // A loop with `while` may go on for ever: it is taken for training.
    expect(await session.seen(true)).toMatchObject({ drawn: [{ drawing: { series: [{ values: [1] }] } }] });
    await session.close();
  });
});

const tensors: [library: string, without: string | undefined, takes: string][] = [
  ['torch', withoutTorch, 'from torch import tensor'],
  ['tensorflow', withoutTensorFlow, 'from tensorflow import constant as tensor'],
];
for (const [library, without, takes] of tensors)
  test.skipIf(without !== undefined)(
    `tensors of ${library} are plotted as their numbers`,
    { timeout: 120_000 },
    async () => {
      const cells = [
        `${head}\n${takes}`,
        'plt.plot(tensor([1.5, 2.5]))\nplt.figure()\nplt.bar(range(2), tensor([3.0, 4.0]))\nplt.figure()\nplt.imshow(tensor([[0.0, 1.0]]))\nplt.figure()\nplt.hist(tensor([1.0, 1.0, 2.0]), bins=2)',
      ];
      const session = await openSession({
        launch: await besideLibrary(['numpy', library]),
        modules: [{ path: 'n.py', code: cells.map((cell) => `# %%\n${cell}\n`).join('') }],
        imports: ['numpy', library],
        contract: { names: {} },
        asked: ['f'],
      });
      const { drawn: found } = await session.seen(true);
      await session.close();
      expect(found.map(({ drawing }) => drawing)).toMatchObject([
        { series: [{ values: [1.5, 2.5] }] },
        { edges: [-0.5, 0.5, 1.5], heights: [3, 4] },
        { rows: [[0, 1]] },
        { edges: [1, 1.5, 2], heights: [2, 1] },
      ]);
    },
  );
