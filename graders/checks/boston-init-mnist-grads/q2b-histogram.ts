/** Normalised histograms, and what becomes of them when a step is left out. */
import { halfIfChanging } from '../../changed-arguments.ts';
import type { Desk, Judgement } from '../../check.ts';
import type { Guest, Reply } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered } from '../../question.ts';
import { arrayFrom, fieldOf, inWords } from '../../values.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { densityHistogram } from '../../../reference/oracles/histogram.ts';

interface HistogramProbe {
  values: number[];
  bins: number;
  range: [number, number] | undefined;
}

const answerOf = (edges: readonly number[], density: readonly number[]): Answer => ({
  edges: makeArray([edges.length], edges),
  density: makeArray([density.length], density),
});

const right = ({ values, bins, range }: HistogramProbe) => densityHistogram(values, bins, range);

const heights =
  (change: (count: number, total: number, width: number) => number) =>
  (probe: HistogramProbe): Answer => {
    const { edges, counts } = right(probe);
    const total = counts.reduce((a, b) => a + b, 0);
    return answerOf(
      edges,
      counts.map((count) => change(count, total, edges[1]! - edges[0]!)),
    );
  };

/** With its own edges where a range is given, and the other way round. */
const withRange = (range: (probe: HistogramProbe) => [number, number] | undefined) => (probe: HistogramProbe) => {
  const { edges, density } = right({ ...probe, range: range(probe) });
  return answerOf(edges, density);
};

const mistake = (
  id: string,
  title: string,
  advice: string,
  compute: Variant<HistogramProbe>['compute'],
): Variant<HistogramProbe> => ({ id, title, advice, compute });

export const histogramProblem: Problem<HistogramProbe> = {
  id: 'q2b.histogram',
  title: 'Normalised histogram',
  precision: 'single',
  probes: (random) => {
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
  },
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
  describe: ({ values, bins, range }) =>
    `${values.length} values in ${bins} bins ${range === undefined ? 'from the smallest to the largest' : `over [${range.join(', ')}]`}`,
  ask: async (guest, probe): Promise<Answered> => ({ value: (await callHistogram(guest, probe)).value }),
  read({ value }, { bins }) {
    const [edges, density] = [arrayFrom(fieldOf(value, 'edges')), arrayFrom(fieldOf(value, 'density'))];
    if (edges === undefined || density === undefined) {
      return { misread: { says: 'densityHistogram should return { edges, density }.', yours: inWords(value) } };
    }
    const readEdges = canonicalise('edges', edges, [bins + 1]);
    const readDensity = canonicalise('density', density, [bins]);
    if ('misread' in readEdges) return { misread: readEdges.misread };
    if ('misread' in readDensity) return { misread: readDensity.misread };
    return { answer: { edges: readEdges.array, density: readDensity.array }, notes: [] };
  },
  write: (answer) => ({ kind: 'record', entries: { ...answer } }),
  oracle: (probe) => answerOf(right(probe).edges, right(probe).density),
  accepts: [
    {
      id: 'of-all-values',
      title:
        'Values outside the range count in the total: the area is below 1 where the range cuts some off. Accepted.',
      compute: (probe) => heights((count, _total, width) => count / (probe.values.length * width))(probe),
    },
  ],
  mistakes: [
    mistake(
      'counts',
      'counts instead of densities',
      'Divide the counts by their total and by the width of a bin.',
      heights((count) => count),
    ),
    mistake(
      'frequencies',
      'shares instead of densities',
      'Divide by the width of a bin too: the area, not the sum of the heights, is 1.',
      heights((count, total) => count / total),
    ),
    mistake(
      'width-only',
      'divided by the width alone',
      'Divide by the number of values too.',
      heights((count, _total, width) => count / width),
    ),
    mistake(
      'times-width',
      'multiplied by the width',
      'Divide by the width of a bin; you multiply by it.',
      heights((count, total, width) => (count * width) / total),
    ),
    mistake(
      'by-bins',
      'divided by the number of bins',
      'Divide by the number of values and the width, not by the number of bins.',
      (probe) => heights((count) => count / probe.bins)(probe),
    ),
    mistake(
      'tallest-is-one',
      'tallest bar scaled to 1',
      'Make the area 1, not the height of the tallest bar.',
      (probe) => {
        const most = Math.max(...right(probe).counts);
        return heights((count) => count / most)(probe);
      },
    ),
    mistake(
      'range-ignored',
      'given range ignored',
      'Use the range that is given; the smallest and the largest value only if none is.',
      withRange(() => undefined),
    ),
    mistake(
      'range-fixed',
      'range fixed at [−1, 1]',
      'Without a range the bins run from the smallest to the largest value.',
      withRange(({ range }) => range ?? [-1, 1]),
    ),
    mistake(
      'ends-from-zero',
      'ends searched from 0',
      'Begin the search for the ends with the first value, not with 0.',
      (probe) => withRange(({ values, range }) => range ?? [Math.min(0, ...values), Math.max(0, ...values)])(probe),
    ),
    mistake(
      'ends-from-a-bound',
      'ends searched from fixed bounds',
      'Begin the search for the ends with the first value, or with ±∞: values may lie beyond every other bound.',
      (probe) =>
        withRange(({ values, range }) => range ?? [Math.min(1e6, ...values), Math.max(-1e6, ...values)])(probe),
    ),
    mistake(
      'outliers-dropped',
      'values far out left out',
      'Every value in the range counts, however far out it lies.',
      (probe) => {
        const { edges } = right(probe);
        const { values } = probe;
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
        const kept = values.filter((value) => Math.abs(value - mean) <= 3 * sd);
        const { density } = right({ ...probe, values: kept, range: [edges[0]!, edges.at(-1)!] });
        return answerOf(edges, density);
      },
    ),
    mistake(
      'left-bin',
      'values on an edge put into the bin on its left',
      'A value on an edge belongs to the bin on its right.',
      ({ values, bins, range }) => {
        // Seen in a mirror, right is left.
        const mirror = right({
          values: values.map((value) => -value),
          bins,
          range: range === undefined ? undefined : [-range[1], -range[0]],
        });
        return answerOf(mirror.edges.map((edge) => -edge).reverse(), [...mirror.density].reverse());
      },
    ),
    mistake('last-edge-open', 'values on the last edge left out', 'The last bin holds its right edge too.', (probe) => {
      const { edges } = right(probe);
      const kept = probe.values.filter((value) => value < edges.at(-1)!);
      const { density } = right({ ...probe, values: kept, range: [edges[0]!, edges.at(-1)!] });
      return answerOf(edges, density);
    }),
  ],
};

const valuesOf = ({ values }: HistogramProbe) =>
  makeArray([values.length], values, { container: 'typed', dtype: 'float64' });

function callHistogram(guest: Guest, probe: HistogramProbe, options: { argsAfter?: true } = {}): Promise<Reply> {
  const { bins, range } = probe;
  const args = [valuesOf(probe), bins, ...(range === undefined ? [] : [makeArray([2], range)])];
  return guest.call({ module: 'q2b.ts', name: 'densityHistogram' }, args, options);
}

/** Half of a right result where the values that came in are sorted or changed in place. */
export function halfIfValuesChange(desk: Desk, judgement: Judgement): Promise<Judgement> {
  const [probe] = desk.probes(histogramProblem);
  return halfIfChanging(desk, judgement, {
    name: 'densityHistogram',
    args: [valuesOf(probe!)],
    call: (guest, options) => callHistogram(guest, probe!, options),
  });
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
