/** Normalised histograms, and what becomes of them when a step is left out or an end is searched wrongly. */
import { densityHistogram } from '../../../reference/oracles/histogram.ts';
import type { Variant } from '../../key.ts';
import { wrongly } from '../../key.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';

interface HistogramCase {
  values: number[];
  bins: number;
  /** Undefined: from the smallest to the largest value. */
  range: [number, number] | undefined;
}

const answerOf = (edges: readonly number[], density: readonly number[]): Answer => ({
  edges: makeArray([edges.length], edges),
  density: makeArray([density.length], density),
});

const right = ({ values, bins, range }: HistogramCase) => densityHistogram(values, bins, range);

/** The answer is `{ edges, density }`: heights whose area is 1. */
export const histogramAnswer = (given: HistogramCase): Answer => answerOf(right(given).edges, right(given).density);

const heights =
  (change: (count: number, total: number, width: number, given: HistogramCase, most: number) => number) =>
  (given: HistogramCase): Answer => {
    const { edges, counts } = right(given);
    const [total, most] = [counts.reduce((a, b) => a + b, 0), Math.max(...counts)];
    return answerOf(
      edges,
      counts.map((count) => change(count, total, edges[1]! - edges[0]!, given, most)),
    );
  };

const ranged = (range: (given: HistogramCase) => [number, number] | undefined) => (given: HistogramCase) =>
  histogramAnswer({ ...given, range: range(given) });

/** The right edges, with some of the values only. */
const keeping = (kept: (values: number[], lastEdge: number) => number[]) => (given: HistogramCase) => {
  const { edges } = right(given);
  const [first, last] = [edges[0]!, edges.at(-1)!];
  const { density } = right({ ...given, values: kept(given.values, last), range: [first, last] });
  return answerOf(edges, density);
};

function withoutOutliers(values: number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.filter((value) => Math.abs(value - mean) <= 3 * sd);
}

/** Seen in a mirror, right is left. */
function mirrored({ values, bins, range }: HistogramCase): Answer {
  const mirror = right({
    values: values.map((value) => -value),
    bins,
    range: range === undefined ? undefined : [-range[1], -range[0]],
  });
  return answerOf(mirror.edges.map((edge) => -edge).reverse(), [...mirror.density].reverse());
}

export const histogramOfAllValues: Variant<HistogramCase> = {
  id: 'of-all-values',
  title: 'Values outside the range count in the total: the area is below 1 where the range cuts some off. Accepted.',
  compute: heights((count, _total, width, { values }) => count / (values.length * width)),
};

export const histogramMistakes: readonly Variant<HistogramCase>[] = [
  wrongly(
    'counts',
    'counts instead of densities',
    'Divide the counts by their total and by the width of a bin.',
    heights((count) => count),
  ),
  wrongly(
    'frequencies',
    'shares instead of densities',
    'Divide by the width of a bin too: the area, not the sum of the heights, is 1.',
    heights((count, total) => count / total),
  ),
  wrongly(
    'width-only',
    'divided by the width alone',
    'Divide by the number of values too.',
    heights((count, _total, width) => count / width),
  ),
  wrongly(
    'times-width',
    'multiplied by the width',
    'Divide by the width of a bin; you multiply by it.',
    heights((count, total, width) => (count * width) / total),
  ),
  wrongly(
    'by-bins',
    'divided by the number of bins',
    'Divide by the number of values and the width, not by the number of bins.',
    heights((count, _total, _width, { bins }) => count / bins),
  ),
  wrongly(
    'tallest-is-one',
    'tallest bar scaled to 1',
    'Make the area 1, not the height of the tallest bar.',
    heights((count, _total, _width, _given, most) => count / most),
  ),
  wrongly(
    'range-ignored',
    'given range ignored',
    'Use the range that is given; the smallest and the largest value only if none is.',
    ranged(() => undefined),
  ),
  wrongly(
    'range-fixed',
    'range fixed at [−1, 1]',
    'Without a range the bins run from the smallest to the largest value.',
    ranged(({ range }) => range ?? [-1, 1]),
  ),
  wrongly(
    'ends-from-zero',
    'ends searched from 0',
    'Begin the search for the ends with the first value, not with 0.',
    ranged(({ values, range }) => range ?? [Math.min(0, ...values), Math.max(0, ...values)]),
  ),
  wrongly(
    'ends-from-a-bound',
    'ends searched from fixed bounds',
    'Begin the search for the ends with the first value, or with ±∞: values may lie beyond every other bound.',
    ranged(({ values, range }) => range ?? [Math.min(1e6, ...values), Math.max(-1e6, ...values)]),
  ),
  wrongly(
    'outliers-dropped',
    'values far out left out',
    'Every value in the range counts, however far out it lies.',
    keeping(withoutOutliers),
  ),
  wrongly(
    'left-bin',
    'values on an edge put into the bin on its left',
    'A value on an edge belongs to the bin on its right.',
    mirrored,
  ),
  wrongly(
    'last-edge-open',
    'values on the last edge left out',
    'The last bin holds its right edge too.',
    keeping((values, last) => values.filter((value) => value < last)),
  ),
];
