/** Histograms of samples with values on the edges, beyond them and far out, none where single precision could move it. */
import { recordQuestion } from './record-question.ts';
import { histogramAnswer, histogramMistakes, histogramOfAllValues } from '../mistakes/data/histogram.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import type { HistogramProbe } from './histogram-function-question.ts';
import type { RecordTable } from './record-question.ts';

export const histogramProblemOf = (table: RecordTable<HistogramProbe>): Problem<HistogramProbe> => ({
  ...recordQuestion(table),
  probes: drawSamples,
  visits: [
    { says: 'values far in both tails', holds: (probes) => probes.some(({ values }) => hasFarTails(values)) },
    {
      says: 'values beyond both ends of the range',
      holds: (probes) =>
        probes.some(({ values, range }) =>
          range === undefined ? false : values.some((v) => v < range[0]) && values.some((v) => v > range[1]),
        ),
    },
    {
      says: 'values on the last edge',
      holds: (probes) => probes.some(({ values, range }) => range !== undefined && values.includes(range[1])),
    },
  ],
  oracle: histogramAnswer,
  accepts: [histogramOfAllValues],
  mistakes: histogramMistakes,
});

/** Samples, each of which shows something else. */
export function drawSamples(random: Random): HistogramProbe[] {
  const inside = draws(() => random.normal(0, 0.6), 400);
  const wide = draws(() => random.uniform(-3, 5), 90);
  return [
    // Values outside the range are left out of the area, one lies on the last edge.
    { values: [...offEdges(inside, 20, [-1, 1]), 1, -1], bins: 20, range: [-1, 1] },
    { values: [...offEdges(wide, 7, [Math.min(...wide), 5.5]), 5.5, 5.5], bins: 7, range: undefined },
    // All on one side of zero, and far from it: a search for the ends must begin neither at 0 nor at ±1e6.
    ...[1, -1].map((sign) => {
      const values = [0.5, 4, ...draws(() => random.uniform(0.5, 4), 40)];
      const signed = values.map((value) => Math.fround(sign * value * 1e7));
      return { values: offEdges(signed, 5, [Math.min(...signed), Math.max(...signed)]), bins: 5, range: undefined };
    }),
    farInBothTails(random),
    // Quarters in bins of a half: every value on an edge is exactly there, however its bin is computed.
    { values: [-2, 2, ...Array.from({ length: 120 }, () => (random.integer(17) - 8) / 4)], bins: 8, range: [-2, 2] },
  ];
}

const draws = (draw: () => number, count: number): number[] => Array.from({ length: count }, () => Math.fround(draw()));

/** Most values near 0, and two that stretch the bins on either side: no value is too far out to count. */
function farInBothTails(random: Random): HistogramProbe {
  const tails = [-30, -27.5, 31.5, 34] as const;
  const near = draws(() => random.normal(), 60);
  return { values: offEdges([...near, ...tails], 16, [-30, 34]), bins: 16, range: undefined };
}

/** Beyond six times the root mean square of the rest, on either side. */
function hasFarTails(values: readonly number[]): boolean {
  const sorted = [...values].sort((a, b) => a - b).slice(2, -2);
  const spread = Math.hypot(...sorted) / Math.sqrt(sorted.length);
  return Math.min(...values) < -6 * spread && Math.max(...values) > 6 * spread;
}

/** Leaves out what float32 could put on the other side of an edge; the smallest value may be the first edge itself. */
const offEdges = (values: readonly number[], bins: number, [low, high]: readonly [number, number]): number[] =>
  values.filter((value) => {
    const place = ((value - low) / (high - low)) * bins;
    return value === low || value === high || Math.abs(place - Math.round(place)) > 2e-4;
  });
