/** How a class's totals are spread: about ten bins of a round width over the automatic marks, as plain geometry for an SVG. */
import { scaleLinear } from 'd3-scale';
import { count, marks, tenth } from '../format.ts';

export interface Histogram {
  width: number;
  height: number;
  base: number;
  bars: {
    x: number;
    y: number;
    width: number;
    height: number;
    n: number;
    labelX: number;
    labelY: number;
    label: string;
  }[];
  xTicks: { x: number; label: string }[];
  yLines: { y: number; label: string; left: number; right: number }[];
  median: { x: number; top: number };
  rows: { range: string; students: string }[];
  says: string;
  description: string;
}

const SIZE = { width: 720, height: 240, left: 62, right: 22, top: 24, bottom: 30 };
const BINS = 10;

/** Ends of bins of a round width from 0 to `max`; what is left at the end joins the last bin if it is less than half a bin. */
function edgesOf(max: number): number[] {
  const round = scaleLinear().domain([0, max]).ticks(BINS);
  const inside = round.filter((edge) => edge < max);
  const step = round.length > 1 ? round[1]! - round[0]! : max;
  if (inside.length > 1 && max - inside.at(-1)! < step / 2) inside.pop();
  return [...inside, max];
}

/** Totals in marks, `max` the automatic marks there are, `median` of the totals. Undefined when there is nothing to draw. */
export function histogram(totals: readonly number[], max: number, median: number): Histogram | undefined {
  if (totals.length === 0 || !(max > 0)) return undefined;
  const edges = edgesOf(max);
  const last = edges.length - 2;
  const counts = edges.slice(1).map(() => 0);
  for (const total of totals)
    counts[
      Math.max(
        0,
        Math.min(
          last,
          edges.findLastIndex((edge) => edge <= total),
        ),
      )
    ]!++;
  const base = SIZE.height - SIZE.bottom;
  const x = scaleLinear()
    .domain([0, max])
    .range([SIZE.left, SIZE.width - SIZE.right]);
  const y = scaleLinear()
    .domain([0, Math.max(1, ...counts)])
    .nice(4)
    .range([base, SIZE.top]);
  const round = (value: number) => Math.round(value * 10) / 10;
  const edge = (bin: number) => edges[bin]!;
  const range = (bin: number) =>
    bin === last ? `${marks(edge(bin))} to ${marks(max)}` : `${marks(edge(bin))} to under ${marks(edge(bin + 1))}`;
  return {
    width: SIZE.width,
    height: SIZE.height,
    base,
    bars: counts.map((n, bin) => ({
      x: round(x(edge(bin)) + 2),
      width: round(x(edge(bin + 1)) - x(edge(bin)) - 4),
      y: round(y(n)),
      height: round(base - y(n)),
      n,
      labelX: round((x(edge(bin)) + x(edge(bin + 1))) / 2),
      labelY: round(y(n) - 6),
      label: n === 0 ? '' : String(n),
    })),
    xTicks: edges.map((value) => ({ x: round(x(value)), label: marks(value) })),
    yLines: y
      .ticks(4)
      .filter(Number.isInteger)
      .map((n) => ({ y: round(y(n)), label: String(n), left: SIZE.left, right: SIZE.width - SIZE.right })),
    median: { x: round(x(median)), top: SIZE.top - 6 },
    says: `Students by total of the marks given automatically. The dashed line is the median, ${tenth(median)}.`,
    rows: counts.map((n, bin) => ({ range: range(bin), students: String(n) })),
    description: `Totals of ${count(totals.length, 'student')} in ${count(counts.length, 'bin')}: ${counts
      .map((n, bin) => `${range(bin)} marks: ${n}`)
      .join('; ')}.`,
  };
}
