import { expect, test } from 'vitest';
import type { TensorGap } from '../../graders/model/finding.ts';
import { closeness } from './closeness.ts';
import { picture } from './drawing.ts';
import { heatPicture } from './heat.ts';
import { histogram } from './histogram.ts';

const gap = (rows: number, cols: number, values: number[], tolerance = 0.01): TensorGap => ({
  ...{ name: 'W', shape: [rows, cols], distance: 1, tolerance, badShare: 0.5 },
  ...{ worst: { index: [0, 1], yours: 2, expected: 1 }, heat: { rows, cols, values } },
});

test('cells within the tolerance are left out, others by sign and size, equal neighbours in one stroke', () => {
  const { layers } = heatPicture(gap(2, 3, [0, 0.005, -1, 0.9, 0.8, 0.1]))!;
  expect(layers).toEqual([
    { name: 'm4', d: 'M2 0h1' },
    { name: 'p2', d: 'M2 1h1' },
    { name: 'p4', d: 'M0 1h2' },
  ]);
});

test('an entry that is not finite has a colour of its own and does not set the scale', () => {
  const picture = heatPicture(gap(1, 3, [NaN, Infinity, 0.5]))!;
  expect(picture.layers).toEqual([
    { name: 'p4', d: 'M2 0h1' },
    { name: 'x', d: 'M0 0h2' },
  ]);
  expect(picture.legend.map((entry) => entry.says)).toEqual([
    'yours is too high',
    'within tolerance',
    'not a finite number',
  ]);
});

test('a picture says in words what it shows', () => {
  expect(heatPicture(gap(1, 2, [0, 1]))!.description).toBe(
    'W, 1 × 2: 50% of the entries are outside the tolerance of 0.01. Worst at [0, 1]: yours 2, expected 1.',
  );
});

test('heat that contradicts its own size is not drawn', () => {
  expect(heatPicture(gap(2, 2, [1]))).toBeUndefined();
});

test('a full 64 × 64 picture stays under 40 kB', () => {
  const values = Array.from({ length: 4096 }, (_, i) => Math.sin(i * 12.9898) * 10 ** ((i % 5) - 4));
  const { layers } = heatPicture(gap(64, 64, values, 1e-6))!;
  expect(layers.reduce((sum, layer) => sum + layer.d.length, 0)).toBeLessThan(40_000);
});

test('a margin of zero lies on the limit, passes to its left, failures to its right', () => {
  const at = (margin: number) => closeness({ margin })!.markerX;
  const { limitX } = closeness({ margin: 0 })!;
  expect(at(0)).toBe(limitX);
  expect(at(2)).toBeLessThan(at(1));
  expect(at(1)).toBeLessThan(limitX);
  expect(at(-1)).toBeGreaterThan(limitX);
  expect(at(-9)).toBe(at(-Infinity));
});

test('the sentence under the scale says how far in factors', () => {
  const says = (margin: number) => closeness({ margin })!.says;
  expect(says(2)).toBe('Your answer is 100 times nearer to the expected one than it has to be.');
  expect(says(-Math.log10(3200))).toBe('Your answer is 3200 times too far from the expected one to be accepted.');
  expect(says(0.05)).toBe('Your answer is only just near enough to the expected one.');
  expect(says(-0.05)).toBe('Your answer is just too far from the expected one.');
  expect(says(Infinity)).toBe('Your answer is exactly the expected one.');
  expect(says(-Infinity)).toContain('not a finite number');
});

test('the worst of several gaps decides, and a NaN distance is infinite', () => {
  const finding = { says: '', gaps: [gap(1, 1, [1]), { ...gap(1, 1, [1]), distance: NaN }] };
  expect(closeness({ finding })!.says).toContain('not a finite number');
});

test('without a measured distance there is no scale', () => {
  expect(closeness({})).toBeUndefined();
});

test('every total falls in one bin, full marks in the last', () => {
  const { rows, bars } = histogram([0, 4.9, 5, 49.9, 50, 50], 50, 5)!;
  expect(rows.map((row) => row.students)).toEqual(['2', '1', '0', '0', '0', '0', '0', '0', '0', '3']);
  expect(rows[0]!.range).toBe('0 to under 5');
  expect(rows[9]!.range).toBe('45 to 50');
  expect(bars.find((bar) => bar.n === 3)!.height).toBeGreaterThan(bars.find((bar) => bar.n === 2)!.height);
});

test('a class of nobody, and a coursework without automatic marks, have no histogram', () => {
  expect(histogram([], 50, 0)).toBeUndefined();
  expect(histogram([0], 0, 0)).toBeUndefined();
});

test('curves share one pair of axes from 0; of a thinned one every value stands at its own epoch', () => {
  const { paths, axes, legend } = picture({
    ...{ kind: 'lines', title: 'p', xLabel: 'epoch', yLabel: 'loss' },
    series: [
      { name: 'train', every: 1, values: [4, 2, 0] },
      { name: 'val', every: 2, values: [4, 0] },
    ],
  });
  const ends = paths.map(({ d }) => d.split(/[ML]/).filter((point) => point !== ''));
  expect(ends.map((points) => points.length)).toEqual([3, 2]);
  expect(ends[0]!.at(-1)).toBe(ends[1]!.at(-1));
  expect(axes!.yTicks.map(({ label }) => label)).toContain('0');
  expect(legend.map(({ says }) => says)).toEqual(['train', 'val']);
});

test('bars stand between their edges, upon zero', () => {
  const { paths, axes } = picture({ kind: 'bars', title: 'p', edges: [0, 1, 3], heights: [1, 2] });
  const zero = axes!.yTicks.find(({ label }) => label === '0')!.y;
  const xs = [...paths[0]!.d.matchAll(/M([\d.]+) ([\d.]+)V[\d.]+H([\d.]+)V/g)].map((m) => m.slice(1).map(Number));
  expect(xs.map(([, y]) => y)).toEqual([zero, zero]);
  expect((xs[1]![2]! - xs[1]![0]!) / (xs[0]![2]! - xs[0]![0]!)).toBeCloseTo(2, 1);
});

test('an image is drawn in grey values between its least and its largest number', () => {
  const { paths } = picture({ kind: 'image', title: 'p', rows: [[-1, 0, 1]] });
  expect(paths.map(({ name }) => name)).toEqual(['g4', 'g8']);
});

test('curves and pictures without any difference are drawn all the same', () => {
  const flat = [3, 3];
  const series = [{ name: 'a', every: 1, values: flat }];
  expect(picture({ kind: 'lines', title: 'p', xLabel: '', yLabel: '', series }).paths[0]!.d).not.toContain('NaN');
  expect(picture({ kind: 'bars', title: 'p', edges: [0, 1, 2], heights: [0, 0] }).paths[0]!.d).not.toContain('NaN');
  expect(
    picture({ kind: 'image', title: 'p', rows: [flat] })
      .paths.map(({ d }) => d)
      .join(),
  ).not.toContain('NaN');
});

test('a curve with places stands there, and points that are not joined are dots', () => {
  const { paths, axes } = picture({
    ...{ kind: 'lines', title: 'p', xLabel: 'x', yLabel: 'y' },
    series: [
      { name: 'a', every: 1, values: [1, 2, 1], at: [-4, 0, 4] },
      { name: 'b', every: 1, values: [2, 1], at: [-4, 4], dots: true },
    ],
  });
  expect(axes!.xTicks.map(({ label }) => label)).toEqual(['-4', '-2', '0', '2', '4']);
  const [curve, dots] = paths;
  expect([dots!.name, dots!.d.match(/M[\d.]+ [\d.]+h0/g)!.length]).toEqual(['s2 dots', 2]);
  const xs = curve!.d.split(/[ML]/).flatMap((point) => (point === '' ? [] : Number(point.split(',')[0])));
  expect(xs[1]).toBeCloseTo((xs[0]! + xs[2]!) / 2, 1);
});
