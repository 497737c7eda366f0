/** Standardising features with the statistics of the training rows alone. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { VariantFamily } from '../../key.ts';
import type { Program } from '../program.ts';

export interface SplitCase {
  /** Rows of features; few of them, so that n and n − 1 can be told apart. */
  train: Mat;
  validation: Mat;
}

export interface StandardiseRules {
  /** The rows whose statistics serve the training and the validation rows. */
  rowsFor(part: 'train' | 'validation', split: SplitCase): Mat;
  /** The values that one feature's statistics are taken from. */
  valuesOf(rows: Mat, feature: number): Vec;
  centre(values: Vec): number;
  spread(values: Vec, centre: number): number;
  transform(value: number, centre: number, spread: number, part: 'train' | 'validation'): number;
}

export const mean = (values: Vec): number => values.reduce((sum, v) => sum + v, 0) / values.length;
/** Sum of the squared distances to a centre. */
export const squares = (values: Vec, centre: number): number => values.reduce((sum, v) => sum + (v - centre) ** 2, 0);
/** The answer is `{ train, validation }`: (x − mean) / sd per column, with the mean and population sd of the training rows. */
export const standardiseProgram: Program<SplitCase, StandardiseRules> = {
  right: {
    rowsFor: (_, { train }) => train,
    valuesOf: (rows, feature) => rows.map((row) => row[feature]!),
    centre: mean,
    spread: (values, centre) => Math.sqrt(squares(values, centre) / values.length),
    transform: (value, centre, spread) => (value - centre) / spread,
  },
  run: (split, rules) => ({ train: part('train', split, rules), validation: part('validation', split, rules) }),
};

function part(name: 'train' | 'validation', split: SplitCase, rules: StandardiseRules) {
  const source = rules.rowsFor(name, split);
  const statistics = split.train[0]!.map((_, feature) => {
    const values = rules.valuesOf(source, feature);
    const centre = rules.centre(values);
    return { centre, spread: rules.spread(values, centre) };
  });
  return arrayOf(
    split[name].map((row) => row.map((v, j) => rules.transform(v, statistics[j]!.centre, statistics[j]!.spread, name))),
  );
}

/** A constant added to the standard deviation that is large enough to show. */
export const standardiseFamilies: readonly VariantFamily<SplitCase>[] = [
  {
    id: 'epsilon',
    title: 'constant added to the standard deviation',
    advice: (value) => `Make the constant that you add to the standard deviation smaller: ${value} is visible.`,
    values: [1e-4, 1e-3, 1e-2, 0.1, 1],
    compute: (split, value) =>
      standardiseProgram.run(split, {
        ...standardiseProgram.right,
        transform: (v, m, s) => (v - m) / (s + value),
      }),
  },
];
