import { expect, test } from 'vitest';
import { densityHistogram } from '../../reference/oracles/histogram.ts';
import { createRandom } from '../numerics/random.ts';
import { outerShare, readHistogramPlot, spreadOf } from './histogram-plot.ts';
import type { LayerHistogram } from './histogram-plot.ts';

const sizes = [64, 512, 512, 512, 256, 256];
const random = createRandom(3);
const saturated = Array.from({ length: 4000 }, () => Math.tanh(random.normal(0, 20)));
const narrow = Array.from({ length: 4000 }, () => Math.tanh(random.normal(0, 0.3)));
const histogram = (values: readonly number[], bins: number): LayerHistogram => densityHistogram(values, bins, [-1, 1]);
const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
const beyond = (values: readonly number[]) => values.filter((value) => Math.abs(value) > 0.9).length / values.length;
const sidecar = (layer: LayerHistogram) => ({ sizes, layers: new Array(5).fill(layer) as LayerHistogram[] });

test.each([10, 11, 16, 23, 50, 128])(
  '%i bins hold the share beyond ±0.9 and the spread between their bounds',
  (bins) => {
    for (const values of [saturated, narrow]) {
      const layer = histogram(values, bins);
      for (const [bounds, value] of [
        [outerShare(layer), beyond(values)],
        [spreadOf(layer), rms(values)],
      ] as const) {
        expect(bounds.least).toBeLessThanOrEqual(value + 1e-12);
        expect(bounds.most).toBeGreaterThanOrEqual(value - 1e-12);
      }
    }
    expect(outerShare(histogram(saturated, bins)).most).toBeGreaterThan(0.9);
    expect(outerShare(histogram(narrow, bins)).most).toBeLessThan(0.05);
  },
);

test('uneven edges are bounded, too', () => {
  const edges = [-1, -0.7, -0.5, -0.3, -0.1, 0, 0.2, 0.4, 0.6, 0.95, 1];
  const density = [1.6, 0, 0, 0, 0.4, 0, 0, 0, 0.4, 6.8];
  const { least, most } = outerShare({ edges, density });
  expect(least).toBeCloseTo(0.34, 6);
  expect(most).toBeCloseTo(0.34 + 0.14 + 0.48, 6);
});

test('numbers with three digits are read; an area that is told never looks like 1', () => {
  const three = (x: number) => Number(x.toPrecision(3));
  for (const bins of [16, 30, 64]) {
    const { edges, density } = histogram(saturated, bins);
    const plot = readHistogramPlot('p', sidecar({ edges: edges.map(three), density: density.map(three) }));
    expect(plot).not.toBeTypeOf('string');
  }
  const { edges, density } = histogram(narrow, 20);
  for (const factor of [0.97, 0.979, 1.0201, 1.03]) {
    const says = readHistogramPlot('p', sidecar({ edges, density: density.map((h) => h * factor) }));
    expect(says).toContain('not normalised');
    expect(says).not.toMatch(/area 1(\.0+)?,/);
  }
});

test.each([
  ['counts', (share: number) => Math.round(share * 4000)],
  ['frequencies', (share: number) => share],
  ['width-only', (share: number) => (share * 512) / 0.05],
  ['times-width', (share: number) => share * 0.05],
  ['by-bins', (share: number) => (share * 512) / 40],
] as const)('heights that are %s are read where they are allowed, and only there', (convention, height) => {
  const { edges, density } = histogram(narrow, 40);
  const heights = density.map((h) => height(h * 0.05));
  const layers = sizes.slice(1).map((units) => ({
    edges,
    density: /width-only|by-bins/.test(convention) ? heights.map((h) => (h * units) / 512) : heights,
  }));
  expect(readHistogramPlot('p', { sizes, layers })).toContain('not normalised');
  expect(readHistogramPlot('p', { sizes, layers }, ['tallest-is-one'])).toContain('not normalised');
  const plot = readHistogramPlot('p', { sizes, layers }, [convention]);
  expect(plot).toMatchObject({ convention });
  if (typeof plot === 'string') return;
  plot.layers[2]!.density.forEach((h, k) => expect(h).toBeCloseTo(density[k]!, 6));
});

test('bins may reach beyond 1, activations may not', () => {
  const edges = Array.from({ length: 13 }, (_, k) => -1.2 + 0.2 * k);
  const inside = [0, 2.5, 0, 0, 0, 0, 0, 0, 0, 0, 2.5, 0];
  expect(readHistogramPlot('p', sidecar({ edges, density: inside }))).not.toBeTypeOf('string');
  const outside = [0, 2.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2.5];
  const shifted = edges.map((edge) => edge + 0.1);
  expect(readHistogramPlot('p', sidecar({ edges: shifted, density: outside }))).toContain('beyond −1 and 1');
});
