/** Which plot of a notebook stands for a file, and what its numbers are there. */
import { describe, expect, test } from 'vitest';
import type { PlotContract } from '../../../model/contract.ts';
import { chosenPlot } from './chosen.ts';
import { readRecorded } from './recorded.ts';

interface Drawn {
  cell?: number;
  text?: string;
  title?: string;
  xLabel?: string;
  yLabel?: string;
  curves?: { name?: string; values: (number | null)[]; text?: string; dots?: boolean }[];
  bars?: { heights: number[]; edges?: number[]; count?: number; text?: string }[];
  image?: number[][];
}

/** As the guest tells it: every part in a statement of its own, unless its text is that of the part before. */
function recorded(...drawn: Drawn[]) {
  const statements: Record<string, { cell: number; text: string }> = {};
  let last = '';
  let at = 0;
  const put = (cell: number, text: string): number => {
    if (text !== last || statements[at]?.cell !== cell) at += 1;
    last = text;
    statements[at] = { cell, text };
    return at;
  };
  const plots = drawn.map(({ cell = 1, text = '', curves = [], bars = [], ...labels }) => ({
    ...{ title: '', xLabel: '', yLabel: '', image: null, figure: 1, at: put(cell, text), ...labels },
    curves: curves.map((one) => ({ name: '', dots: false, ...one, at: put(cell, one.text ?? text) })),
    bars: bars.map((one) => ({ edges: [], count: null, ...one, at: put(cell, one.text ?? text) })),
  }));
  return readRecorded(JSON.stringify({ plots, statements, cells: [1], raised: [] })).plots;
}
const contentOf = (contract: PlotContract, ...drawn: Drawn[]) => chosenPlot(recorded(...drawn), contract)?.content;

const axes = { xLabel: 'epoch', yLabel: 'loss' };
const [falls, slower] = [
  [3, 2, 1],
  [4, 3, 2],
];

describe('curves', () => {
  const series = { train: ['train'], test: ['test', 'val'] };
  const losses: PlotContract = { as: 'named curves', about: ['loss'], butNot: ['acc'], series };
  const two = [
    { name: 'Training', values: falls },
    { name: 'Test', values: slower },
  ];

  test('keep the names of a legend; those without say by their text what they show', () => {
    expect(contentOf(losses, { ...axes, curves: two })).toEqual({
      ...axes,
      series: [
        { name: 'Training', means: 'train', values: falls },
        { name: 'Test', means: 'test', values: slower },
      ],
    });
    const unnamed = [
      { values: slower, text: 'plt.plot(testLosses)' },
      { values: falls, text: 'plt.plot(trainLosses)' },
    ];
    expect(contentOf(losses, { ...axes, curves: unnamed })).toMatchObject({
      series: [
        { name: '', means: 'test' },
        { name: '', means: 'train' },
      ],
    });
  });

  test('are those that labels, or else the text, call by the sheet’s words: not the accuracy, nor a formula before', () => {
    const formula = { xLabel: 'x', yLabel: 'y', curves: [{ name: 'f', values: [1, 4, 9] }] };
    const accuracy = { cell: 3, xLabel: 'epoch', yLabel: 'accuracy', curves: two, text: 'plt.plot(losses_and_accs)' };
    expect(chosenPlot(recorded(formula, accuracy, { ...axes, cell: 4, curves: two }), losses)?.from[0]?.cell).toBe(4);
    expect(contentOf(losses)).toBeUndefined();
  });

  test('on a pair of axes each are one plot, named by the titles', () => {
    const one = (title: string, values: number[]) => ({ ...axes, title, curves: [{ values }] });
    expect(contentOf(losses, one('train loss', falls), one('test loss', slower))).toMatchObject({
      series: [
        { name: 'train loss', values: falls },
        { name: 'test loss', values: slower },
      ],
    });
  });

  test('of several plots in one file are told apart by their words', () => {
    const parts = { mse: ['mse', 'loss'], mae: ['mae'] };
    const contract: PlotContract = { as: 'curves', parts, series: { train: ['train'], val: ['val'] } };
    const history = (key: string) => [
      { values: falls, text: `plt.plot(history['${key}'])` },
      { values: slower, text: `plt.plot(history['val_${key}'])` },
    ];
    const found = contentOf(contract, { curves: history('mae') }, { yLabel: 'MSE', curves: history('loss') });
    expect(found).toEqual({
      mse: { xLabel: '', yLabel: 'MSE', train: falls, val: slower },
      mae: { xLabel: '', yLabel: '', train: falls, val: slower },
    });
    // All four on one pair of axes, and only those of training.
    const four = ['train mse', 'val mse', 'train mae', 'val mae'].map((name) => ({ name, values: falls }));
    expect(contentOf(contract, { curves: four })).toMatchObject({ mse: { val: falls }, mae: { train: falls } });
    expect(contentOf(contract, { yLabel: 'MSE', curves: [{ name: 'train', values: falls }] })).toEqual({
      mse: { xLabel: '', yLabel: 'MSE', train: falls },
    });
  });

  test('what is no number stays none', () => {
    expect(contentOf(losses, { ...axes, curves: [{ name: 'train', values: [1, null] }] })).toMatchObject({
      series: [{ values: [1, null] }],
    });
  });
});

describe('histograms', () => {
  const sizes = [
    [4, 8, 2],
    [8, 16, 4],
  ];
  const normal: PlotContract = { as: 'histograms', butNot: ['uniform'], sizes };
  const uniform: PlotContract = { as: 'histograms', about: ['uniform'], nth: 2, sizes };
  const layers = (text: string, height: number, counts = [8, 2]) =>
    counts.map((count) => ({ text, heights: [height], edges: [0, 1], count }));
  const heights = (content: unknown) =>
    (content as { layers: { density: number[] }[] }).layers.map((l) => l.density[0]);

  test('belong together where one statement draws them, or one cell; words or the order tell the networks apart', () => {
    const eda = { cell: 1, bars: [{ heights: [9], edges: [0, 1], count: 100 }] };
    const first = { cell: 2, bars: layers('for h in hs: plt.hist(h)', 1) };
    const apart = [0, 1].map((k) => ({ cell: 3, bars: [layers(`plt.hist(us[${k}])`, 2)[k]!] }));
    expect(heights(contentOf(normal, eda, first, ...apart))).toEqual([1, 1]);
    expect(heights(contentOf(uniform, eda, first, ...apart))).toEqual([2, 2]);
    const named = { cell: 2, bars: layers('show(uniform_activations)', 3) };
    expect(heights(contentOf(uniform, named, first))).toEqual([3, 3]);
    expect(heights(contentOf(normal, named, first))).toEqual([1, 1]);
  });

  test('drawn by one loop for several networks are told apart by what is written on them, or by their order', () => {
    const loop = 'for law in (normal, uniform): plt.hist(h)';
    const both = (...titles: string[]) =>
      titles.map((title, k) => ({ cell: 4, title, text: loop, bars: layers(loop, k + 2) }));
    const first = { cell: 2, bars: layers('plt.hist(h)', 1) };
    const second: PlotContract = { ...uniform, nth: 3 };
    expect(heights(contentOf(second, first, ...both('glorot', 'uniform')))).toEqual([3, 3]);
    expect(heights(contentOf(second, first, ...both('uniform', 'glorot')))).toEqual([2, 2]);
    expect(heights(contentOf(second, first, ...both('', '')))).toEqual([3, 3]);
  });

  test('their sizes are those with which as many values were drawn', () => {
    const of = (counts: number[]) => contentOf(normal, { bars: layers('plt.hist(h)', 1, counts) });
    expect(of([16, 4])).toMatchObject({ sizes: [8, 16, 4] });
    expect(of([8, 2])).toMatchObject({ sizes: [4, 8, 2] });
    // One for all layers.
    expect(of([10])).toMatchObject({ sizes: [4, 8, 2], layers: [{}] });
  });
});

describe('images and bars', () => {
  const image = [
    [0, 1],
    [1, 0],
  ];
  test('images of the size have the number that is written above as their label', () => {
    const pictures: PlotContract = { as: 'pictures', side: 2 };
    const labels = (...titles: string[]) =>
      (
        contentOf(pictures, ...titles.map((title) => ({ title, image }))) as { images: { label?: number }[] }
      ).images.map(({ label }) => label);
    expect(labels('7', 'Label: 3', 'image 12: target 4', 'digit')).toEqual([7, 3, 4, undefined]);
    expect(contentOf(pictures, { title: '1', image: [[0, 1, 2]] })).toBeUndefined();
  });

  test('bars have label and prediction from their title or that of the image beside them, as numbers or names', () => {
    const samples: PlotContract = { as: 'samples', classes: ['Bag', 'Coat'] };
    const bars = [{ heights: [0.25, 0.75] }];
    expect(
      contentOf(
        samples,
        { title: 'Sample 31: label 0, predicted 1', bars },
        { title: 'pred: Coat / true: Bag', bars },
        { title: 'predicted label 1', bars },
      ),
    ).toEqual({
      samples: [
        { index: 31, label: 0, pred: 1, probs: [0.25, 0.75] },
        // The same image as before, as far as can be seen.
        { index: 0, label: 0, pred: 1, probs: [0.25, 0.75] },
        { index: 0, pred: 1, probs: [0.25, 0.75] },
      ],
    });
    const [a, b] = [image, image.toReversed()].map((rows, i) => ({ title: `true ${i}, pred 1`, image: rows }));
    expect(contentOf(samples, a!, b!, { bars }, { bars })).toMatchObject({
      samples: [
        { index: 0, label: 0 },
        { index: 1, label: 1 },
      ],
    });
  });
});

test('of what has no form at all nothing is left', () => {
  for (const text of [undefined, 5, '', '[', '[1]', '{"plots":{}}', '{"plots":[5]}']) {
    const { plots } = readRecorded(text);
    expect(plots.every(({ curves, bars, image }) => curves.length + bars.length === 0 && image === undefined)).toBe(
      true,
    );
  }
});
