/** Question 2b: densityHistogram of a sample, with and without a range. */
import type { RecordTable } from '../../kinds/record-question.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { inWords } from '../../values.ts';

export interface HistogramProbe {
  values: number[];
  bins: number;
  range: [number, number] | undefined;
}

export const histogramTable: RecordTable<HistogramProbe> = {
  id: 'q2b.histogram',
  title: 'Normalised histogram',
  unit: 'q2b',
  name: 'densityHistogram',
  sends: ({ values, bins, range }) => [
    makeArray([values.length], values, { container: 'typed', dtype: 'float64' }),
    bins,
    ...(range === undefined ? [] : [makeArray([2], range)]),
  ],
  fields: { edges: { shape: ({ bins }) => [bins + 1] }, density: { shape: ({ bins }) => [bins] } },
  missing: (_field, _given, whole) => ({
    says: 'densityHistogram should return { edges, density }.',
    yours: inWords(whole),
  }),
  describe: ({ values, bins, range }) =>
    `${values.length} values in ${bins} bins ${range === undefined ? 'from the smallest to the largest' : `over [${range.join(', ')}]`}`,
};
