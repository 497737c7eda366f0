/** A student's plot, drawn from the numbers that were handed in. Plain geometry; the template turns it into SVG. */
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Drawing } from '../../graders/model/drawing.ts';
import { count, number } from '../format.ts';

export interface Picture {
  title: string;
  description: string;
  width: number;
  height: number;
  /** Shapes by class, as SVG paths: `s1`…`s6` curves, `column` bars, `g1`…`g8` grey values from light to dark. */
  paths: { name: string; d: string }[];
  /** Undefined for images, which have no axes. */
  axes: Axes | undefined;
  /** Names of the curves, where there are several. */
  legend: { name: string; says: string }[];
}

interface Axes {
  xTicks: { x: number; y: number; label: string }[];
  yTicks: { y: number; left: number; right: number; label: string }[];
  xLabel: { x: number; y: number; label: string };
  yLabel: string;
}

/** Histograms come in fives: they are small. */
const SIZES = { lines: { width: 352, height: 210, bottom: 40 }, bars: { width: 224, height: 140, bottom: 24 } };
const [left, top] = [42, 12];
const tenth = (value: number) => Math.round(value * 10) / 10;

/** The picture of one drawing, on the scale of all those `beside` it that are of its kind. */
export function picture(drawing: Drawing, beside: readonly Drawing[] = [drawing]): Picture {
  switch (drawing.kind) {
    case 'lines':
      return curves(drawing);
    case 'bars':
      return bars(drawing, beside.filter(({ kind }) => kind === 'bars') as Bars[]);
    case 'image':
      return image(drawing, beside.filter(({ kind }) => kind === 'image') as Image[]);
  }
}

type Series = Extract<Drawing, { kind: 'lines' }>['series'][number];
const placesOf = ({ at, every, values }: Series): number[] => at ?? values.map((_, i) => i * every);

type Bars = Extract<Drawing, { kind: 'bars' }>;
type Image = Extract<Drawing, { kind: 'image' }>;

const sizeOf = (kind: keyof typeof SIZES) => ({ width: SIZES[kind].width, height: SIZES[kind].height });

type Extent = [low: number, high: number];

function extentOf(values: readonly number[]): Extent {
  const [low, high] = values.reduce<Extent>(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  // One value has no extent of its own, and of nearly equal ones the axis would show the last digits.
  const size = Math.max(Math.abs(low), Math.abs(high));
  const room = high - low > 1e-9 * size ? 0 : size || 1;
  return [low - room, high + room];
}

function plane({ width, height, bottom }: (typeof SIZES)['bars'], xs: Extent, ys: Extent) {
  const [base, right] = [height - bottom, width - 12];
  const x = scaleLinear().domain(xs).range([left, right]);
  const y = scaleLinear().domain(ys).nice(4).range([base, top]);
  const axes = (xLabel: string, yLabel: string): Axes => ({
    xTicks: x.ticks(width / 70).map((value) => ({ x: tenth(x(value)), y: base, label: number(value) })),
    yTicks: y.ticks(4).map((value) => ({ y: tenth(y(value)), left, right, label: number(value) })),
    xLabel: { x: (left + right) / 2, y: height - 4, label: xLabel },
    yLabel,
  });
  return { x, y, axes };
}

function curves({ title, xLabel, yLabel, series }: Extract<Drawing, { kind: 'lines' }>): Picture {
  // What stands at whole steps has its beginning at 0, and is seen from 0 upwards: losses, shares.
  const isPlaced = series.some(({ at }) => at !== undefined);
  const last = Math.max(...series.map(({ every, values }) => every * (values.length - 1)));
  const ys = series.flatMap(({ values }) => values);
  const { x, y, axes } = plane(
    SIZES.lines,
    isPlaced ? extentOf(series.flatMap(placesOf)) : [0, Math.max(1, last)],
    extentOf(isPlaced ? ys : [0, ...ys]),
  );
  const paths = series.map((one, i) => {
    const places = placesOf(one);
    const path = line<number>(
      (_, at) => tenth(x(places[at]!)),
      (value) => tenth(y(value)),
    );
    if (one.dots !== true) return { name: `s${i + 1}`, d: path(one.values) ?? '' };
    const points = one.values.map((value, at) => `M${tenth(x(places[at]!))} ${tenth(y(value))}h0`);
    return { name: `s${i + 1} dots`, d: points.join('') };
  });
  const ends = series.map(({ name, values }) => `${name} from ${number(values[0]!)} to ${number(values.at(-1)!)}`);
  return {
    ...{ title, ...sizeOf('lines'), paths },
    axes: axes(xLabel, yLabel),
    legend: series.length < 2 ? [] : series.map(({ name }, i) => ({ name: `s${i + 1}`, says: name })),
    description: `${count(series.length, 'curve')}: ${ends.join('; ')}.`,
  };
}

function bars({ title, edges, heights }: Bars, beside: readonly Bars[]): Picture {
  const all = beside.flatMap((each) => each.heights);
  const { x, y, axes } = plane(SIZES.bars, extentOf(beside.flatMap((each) => each.edges)), extentOf([0, ...all]));
  const zero = tenth(y(0));
  const d = heights
    .map((height, i) => `M${tenth(x(edges[i]!))} ${zero}V${tenth(y(height))}H${tenth(x(edges[i + 1]!))}V${zero}Z`)
    .join('');
  return {
    ...{ title, ...sizeOf('bars'), paths: [{ name: 'column', d }] },
    axes: axes('', ''),
    legend: [],
    description: `${count(heights.length, 'bar')} from ${number(edges[0]!)} to ${number(edges.at(-1)!)}, the highest ${number(Math.max(...heights))}.`,
  };
}

const SHADES = 8;

function image({ title, rows }: Image, beside: readonly Image[]): Picture {
  const [low, high] = extentOf(beside.flatMap((each) => each.rows.flat()));
  const cell = Math.max(2, Math.min(12, 168 / rows.length, 168 / rows[0]!.length));
  const paths = Array.from({ length: SHADES }, (_, shade) => ({ name: `g${shade + 1}`, d: '' }));
  rows.forEach((row, i) =>
    row.forEach((value, j) => {
      const shade = Math.ceil(((value - low) / (high - low)) * SHADES);
      if (shade > 0) paths[shade - 1]!.d += `M${tenth(j * cell)} ${tenth(i * cell)}h${cell}v${cell}h${-cell}z`;
    }),
  );
  return {
    ...{ title, width: tenth(rows[0]!.length * cell), height: tenth(rows.length * cell), axes: undefined, legend: [] },
    paths: paths.filter(({ d }) => d !== ''),
    description: `${rows.length} by ${rows[0]!.length} grey values from ${number(low)} to ${number(high)}.`,
  };
}
