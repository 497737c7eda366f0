/** A function that makes a normalised histogram of a sample, with and without a range: `{ edges, density }`. */
import type { RecordTable } from './record-question.ts';
import { makeArray } from '../numerics/arrays.ts';
import { inWords } from '../values.ts';

export interface HistogramProbe {
  values: number[];
  bins: number;
  range: [number, number] | undefined;
}

export const densityHistogram = ({
  id,
  unit,
  name,
}: {
  id: string;
  unit: string;
  name: string;
}): RecordTable<HistogramProbe> => ({
  id,
  title: 'Normalised histogram',
  unit,
  name,
  sends: ({ values, bins, range }) => [
    makeArray([values.length], values, { container: 'typed', dtype: 'float64' }),
    bins,
    ...(range === undefined ? [] : [makeArray([2], range)]),
  ],
  fields: { edges: { shape: ({ bins }) => [bins + 1] }, density: { shape: ({ bins }) => [bins] } },
  missing: (_field, _given, whole) => ({
    says: `${name} should return { edges, density }.`,
    yours: inWords(whole),
  }),
  describe: ({ values, bins, range }) =>
    `${values.length} values in ${bins} bins ${range === undefined ? 'from the smallest to the largest' : `over [${range.join(', ')}]`}`,
});
