/**
 * How near an answer came, on a log axis around the limit between accepted and rejected. Readers see at a glance whether
 * they are a rounding error or a wrong formula away.
 */
import { scaleLog } from 'd3-scale';
import { symbol, symbolTriangle } from 'd3-shape';
import type { Verdict } from '../../graders/model/verdict.ts';
import { times } from '../format.ts';

export interface Closeness {
  accepted: boolean;
  /** One sentence that says the same as the picture. */
  says: string;
  width: number;
  limitX: number;
  markerX: number;
  marker: string;
  ticks: { x: number; label: string; anchor: 'start' | 'middle' | 'end' }[];
}

const WIDTH = 340;
const EDGE = 1e5;

/** The picture of a verdict's closest or farthest call; undefined where no distance was measured. */
export function closeness(verdict: Pick<Verdict, 'finding' | 'margin'>): Closeness | undefined {
  const ratio = ratioOf(verdict);
  if (ratio === undefined) return undefined;
  const x = scaleLog()
    .domain([1 / EDGE, EDGE])
    .range([14, WIDTH - 14])
    .clamp(true);
  const at = (value: number) => Math.round(x(value)! * 10) / 10;
  return {
    accepted: ratio <= 1,
    says: sentence(ratio),
    width: WIDTH,
    limitX: at(1),
    markerX: Number.isFinite(ratio) ? at(Math.max(ratio, 1 / EDGE)) : at(EDGE),
    marker: symbol(symbolTriangle, 70).digits(1)() ?? '',
    ticks: [
      { x: at(1 / EDGE), label: 'exact', anchor: 'start' },
      { x: at(1e-3), label: '1000×', anchor: 'middle' },
      { x: at(1e-1), label: '10×', anchor: 'middle' },
      { x: at(1), label: 'limit', anchor: 'middle' },
      { x: at(1e1), label: '10×', anchor: 'middle' },
      { x: at(1e3), label: '1000×', anchor: 'middle' },
      { x: at(EDGE), label: 'far', anchor: 'end' },
    ],
  };
}

/** Distance over tolerance: 1 is the limit. The worst of the gaps, else what the margin says. */
function ratioOf(verdict: Pick<Verdict, 'finding' | 'margin'>): number | undefined {
  const ratios = (verdict.finding?.gaps ?? [])
    .filter((gap) => gap.tolerance > 0)
    .map((gap) => (Number.isNaN(gap.distance) ? Infinity : gap.distance / gap.tolerance));
  if (ratios.length > 0) return Math.max(...ratios);
  if (verdict.margin === undefined) return undefined;
  return Number.isNaN(verdict.margin) ? Infinity : 10 ** -verdict.margin;
}

function sentence(ratio: number): string {
  if (ratio === 0) return 'Your answer is exactly the expected one.';
  if (ratio === Infinity)
    return 'Your answer holds a value that is not a finite number, which is infinitely far from any right answer.';
  if (ratio <= 1) {
    return ratio > 0.67
      ? 'Your answer is only just near enough to the expected one.'
      : `Your answer is ${times(1 / ratio)} nearer to the expected one than it has to be.`;
  }
  return ratio < 1.5
    ? 'Your answer is just too far from the expected one.'
    : `Your answer is ${times(ratio)} too far from the expected one to be accepted.`;
}
