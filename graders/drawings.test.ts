import { expect, test } from 'vitest';
import { drawingsIn } from './drawings.ts';

const file = 'plots/p.json';

test('curves are found under their names, in `series`, and in a list', () => {
  const train = { name: 'train', every: 1, values: [3, 2] };
  const axes = { xLabel: 'epoch', yLabel: 'loss' };
  const lines = { kind: 'lines', ...axes, series: [train] };
  expect(drawingsIn(file, { mse: { ...axes, train: [3, 2] } })).toEqual([{ ...lines, title: 'plots/p.json · mse' }]);
  expect(drawingsIn(file, { ...axes, series: { train: [3, 2] } })).toEqual([{ ...lines, title: file }]);
  expect(drawingsIn(file, { ...axes, series: [{ name: 'train', values: [3, 2] }] })).toEqual([
    { ...lines, title: file },
  ]);
});

test('histograms, bars of probabilities and images are found in lists, with their labels', () => {
  const content = {
    sizes: [4, 5],
    layers: [{ edges: [0, 1, 2], density: [0.4, 0.6] }],
    samples: [{ label: 1, pred: 0, probs: [0.7, 0.3] }],
    images: [
      {
        label: 'a',
        pixels: [
          [0, 1],
          [1, 0],
        ],
      },
    ],
  };
  expect(drawingsIn(file, content)).toEqual([
    { kind: 'bars', title: 'plots/p.json · layers · 1', edges: [0, 1, 2], heights: [0.4, 0.6] },
    {
      kind: 'bars',
      title: 'plots/p.json · samples · 1, label 1, prediction 0',
      edges: [-0.5, 0.5, 1.5],
      heights: [0.7, 0.3],
    },
    {
      kind: 'image',
      title: 'plots/p.json · images · 1, label a',
      rows: [
        [0, 1],
        [1, 0],
      ],
    },
  ]);
});

test('what cannot be drawn is left out: words, gaps, edges that do not ascend, ragged images', () => {
  for (const content of [
    undefined,
    'plot',
    [1, 2, 3],
    { xLabel: 'x', y: [1, 'two'] },
    { xLabel: 'x', y: [1, null] },
    { edges: [0, 0, 1], density: [1, 1] },
    { edges: [0, 1], density: [1, 1] },
    { pixels: [[0, 1], [1]] },
    { pixels: [] },
    { edges: [-5e-324, 0, 5e-324], density: [1, 1] },
    { edges: [-1e308, 0, 1e308], density: [1, 1] },
  ]) {
    expect(drawingsIn(file, content)).toEqual([]);
  }
});

test('however much is handed in, little is kept', () => {
  const endless = Array.from({ length: 100_000 }, (_, i) => i);
  const [lines] = drawingsIn(file, { xLabel: 'x'.repeat(9999), y: endless });
  expect(lines).toMatchObject({ kind: 'lines', xLabel: 'x'.repeat(60) });
  expect(JSON.stringify(lines).length).toBeLessThan(3000);
  expect(drawingsIn(file, { images: new Array(1000).fill({ pixels: [[0, 1]] }) })).toHaveLength(12);
  let deep: object = { xLabel: 'x', y: [1, 2] };
  for (let i = 0; i < 5000; i++) deep = { deep };
  expect(drawingsIn(file, deep)).toEqual([]);
  expect(drawingsIn(file, { pixels: new Array(65).fill([1]) })).toEqual([]);
});

test('minus zero, which files of numpy hold, is zero', () => {
  const [bars] = drawingsIn(file, { edges: [-0, 1, 2], density: [-0, 1] });
  expect(Object.is((bars as { edges: number[] }).edges[0], 0)).toBe(true);
  expect(Object.is((bars as { heights: number[] }).heights[0], 0)).toBe(true);
});

test('a huge key in front of many places takes no time', () => {
  const content = { ['k'.repeat(400_000)]: Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [i, {}])) };
  const before = process.threadCpuUsage();
  expect(drawingsIn(file, content)).toEqual([]);
  expect(process.threadCpuUsage(before).user).toBeLessThan(500_000);
});
