/** Question 1a: rows of features, standardised in two parts. */
import type { RecordTable } from '../../kinds/record-question.ts';
import { inWords } from '../../values.ts';

interface SplitProbe {
  train: number[][];
  validation: number[][];
}

const shapeOf = (rows: number[][]) => [rows.length, rows[0]!.length];

export const standardiseTable: RecordTable<SplitProbe> = {
  id: 'q1a.standardise',
  title: 'Standardised training and validation rows',
  unit: 'q1a',
  name: 'standardise',
  sends: ({ train, validation }) => [train, validation].map(nested),
  fields: {
    train: { shape: ({ train }) => shapeOf(train) },
    validation: { field: 'val', shape: ({ validation }) => shapeOf(validation) },
  },
  missing: (_field, _given, whole) => ({
    says: 'standardise should return { train, val, mean, std } as rows of numbers.',
    yours: inWords(whole),
  }),
  options: { transposed: 'refuse' },
  describe: ({ train, validation }) =>
    `${train.length} training rows and ${validation.length} validation rows with ${train[0]!.length} features`,
};

/** Rows as number[][] of the student's. */
const nested = (rows: number[][]) =>
  ({
    kind: 'array',
    container: 'nested',
    dtype: 'float64',
    shape: [rows.length, rows[0]?.length ?? 0],
    data: Float64Array.from(rows.flat()),
  }) as const;
