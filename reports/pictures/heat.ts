/**
 * Where a tensor is wrong, as a picture: one cell an entry (or block of entries), hue for the sign of the error, depth for
 * its size beside the largest one. Plain geometry; the template turns it into SVG.
 */
import type { TensorGap } from '../../graders/model/finding.ts';
import { number, percent, rough, shapeWords } from '../format.ts';

export interface HeatPicture {
  /** In cells. */
  cols: number;
  rows: number;
  /** In CSS pixels: square cells, at most 320 wide and 240 high. */
  width: number;
  height: number;
  /** One path a depth: class `m4`…`m1` (too low), `p1`…`p4` (too high), `x` (not finite). Cells within the tolerance are left out. */
  layers: { name: string; d: string }[];
  title: string;
  description: string;
  /** What the colours mean: classes of a row of swatches, and words. Only what occurs. */
  legend: { names: string[]; says: string }[];
}

/** Shares of the largest error at which a cell gets darker: about equal steps of a logarithm. */
const STEPS = [0.06, 0.25, 0.6];
const NAMES = ['m4', 'm3', 'm2', 'm1', 'p1', 'p2', 'p3', 'p4', 'x'];

/** The error picture of one tensor; undefined where there is no heat, or its sizes contradict each other. */
export function heatPicture(gap: TensorGap): HeatPicture | undefined {
  const heat = gap.heat;
  if (!heat || heat.rows * heat.cols !== heat.values.length || heat.values.length === 0) return undefined;
  const largest = Math.max(0, ...heat.values.map(Math.abs).filter(Number.isFinite));
  const floor = gap.tolerance > 0 ? gap.tolerance : largest / 1e4;
  const runs = new Map<string, string>();
  for (let row = 0; row < heat.rows; row++) {
    let col = 0;
    while (col < heat.cols) {
      const name = depthName(heat.values[row * heat.cols + col]!, floor, largest);
      const start = col;
      do col++;
      while (col < heat.cols && depthName(heat.values[row * heat.cols + col]!, floor, largest) === name);
      if (name !== '') runs.set(name, `${runs.get(name) ?? ''}M${start} ${row}h${col - start}`);
    }
  }
  const cell = Math.max(2, Math.min(22, 320 / heat.cols, 240 / heat.rows));
  return {
    cols: heat.cols,
    rows: heat.rows,
    width: Math.round(cell * heat.cols),
    height: Math.round(cell * heat.rows),
    layers: NAMES.filter((name) => runs.has(name)).map((name) => ({ name, d: runs.get(name)! })),
    title: `Where ${gap.name} differs`,
    description: describe(gap),
    legend: legend(new Set(runs.keys())),
  };
}

/** Depth of one cell: '' within the tolerance, then by its share of the largest error. */
function depthName(error: number, floor: number, largest: number): string {
  if (!Number.isFinite(error)) return 'x';
  const size = Math.abs(error);
  if (size <= floor) return '';
  return `${error < 0 ? 'm' : 'p'}${1 + STEPS.filter((step) => size >= step * largest).length}`;
}

function legend(used: ReadonlySet<string>): HeatPicture['legend'] {
  const occurs = (sign: string) => [...used].some((name) => name.startsWith(sign));
  return [
    ...(occurs('m') ? [{ names: ['m4', 'm3', 'm2', 'm1'], says: 'yours is too low' }] : []),
    ...(occurs('p') ? [{ names: ['p1', 'p2', 'p3', 'p4'], says: 'yours is too high' }] : []),
    { names: ['in'], says: 'within tolerance' },
    ...(used.has('x') ? [{ names: ['x'], says: 'not a finite number' }] : []),
  ];
}

function describe(gap: TensorGap): string {
  const { worst } = gap;
  return (
    `${gap.name}, ${shapeWords(gap.shape)}: ${percent(gap.badShare)} of the entries are outside the tolerance of ` +
    `${rough(gap.tolerance)}. Worst at [${worst.index.join(', ')}]: yours ${number(worst.yours)}, expected ${number(worst.expected)}.`
  );
}
