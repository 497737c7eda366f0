/** The ways to leak, mix up and misread the statistics of the training rows. */
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import { transpose } from '../../../reference/oracles/linear-algebra.ts';
import type { Mistake } from '../program.ts';
import type { StandardiseRules } from './standardise.ts';
import { mean, squares } from './standardise.ts';

const median = (values: Vec): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
};

type StandardiseMistake = Mistake<StandardiseRules>;

export const standardiseMistakes: readonly StandardiseMistake[] = [
  {
    id: 'leak',
    title: 'statistics of all rows',
    advice:
      'Compute mean and standard deviation on the training rows alone, after splitting: yours have seen the validation rows.',
    apply: (right) => ({ ...right, rowsFor: (_, { train, validation }) => [...train, ...validation] }),
  },
  {
    id: 'own-statistics',
    title: 'validation rows by their own statistics',
    advice:
      'Transform the validation rows with mean and standard deviation of the training rows; do not fit them anew.',
    apply: (right) => ({ ...right, rowsFor: (name, split) => split[name] }),
  },
  {
    id: 'validation-statistics',
    title: 'statistics of the validation rows',
    advice: 'Compute mean and standard deviation on the training rows, not on the validation rows.',
    apply: (right) => ({ ...right, rowsFor: (_, { validation }) => validation }),
  },
  {
    id: 'validation-untouched',
    title: 'only the training rows transformed',
    advice: 'Transform the validation rows too, with the statistics of the training rows.',
    apply: (right) => ({
      ...right,
      transform: (v, m, s, name) => (name === 'train' ? right.transform(v, m, s, name) : v),
    }),
  },
  {
    id: 'train-untouched',
    title: 'only the validation rows transformed',
    advice: 'Transform the training rows too.',
    apply: (right) => ({
      ...right,
      transform: (v, m, s, name) => (name === 'train' ? v : right.transform(v, m, s, name)),
    }),
  },
  {
    id: 'sample-deviation',
    title: 'divided by n − 1 in the standard deviation',
    advice: 'Divide by n in the standard deviation (ddof = 0), not by n − 1.',
    apply: (right) => ({ ...right, spread: (values, m) => Math.sqrt(squares(values, m) / (values.length - 1)) }),
  },
  {
    id: 'variance',
    title: 'divided by the variance',
    advice: 'Take the square root: divide by the standard deviation, not by the variance.',
    apply: (right) => ({ ...right, spread: (values, m) => squares(values, m) / values.length }),
  },
  {
    id: 'root-mean-square',
    title: 'divided by the root mean square',
    advice: 'Subtract the mean before you square: you divide by the root of the mean square.',
    apply: (right) => ({ ...right, spread: (values) => Math.sqrt(squares(values, 0) / values.length) }),
  },
  {
    id: 'mean-deviation',
    title: 'divided by the mean absolute deviation',
    advice: 'Divide by the standard deviation, not by the mean absolute deviation.',
    apply: (right) => ({ ...right, spread: (values, m) => mean(values.map((v) => Math.abs(v - m))) }),
  },
  {
    id: 'sum-of-squares',
    title: 'root of the sum of squares',
    advice: 'Divide the sum of squares by the number of rows before you take the root.',
    apply: (right) => ({ ...right, spread: (values, m) => Math.sqrt(squares(values, m)) }),
  },
  {
    id: 'range',
    title: 'divided by the range',
    advice: 'Divide by the standard deviation, not by maximum minus minimum.',
    apply: (right) => ({ ...right, spread: (values) => Math.max(...values) - Math.min(...values) }),
  },
  {
    id: 'min-max',
    title: 'scaled to 0…1',
    advice: 'Standardise to mean 0 and standard deviation 1: you scale by minimum and maximum.',
    apply: (right) => ({
      ...right,
      centre: (values) => Math.min(...values),
      spread: (values) => Math.max(...values) - Math.min(...values),
    }),
  },
  {
    id: 'median',
    title: 'median instead of the mean',
    advice: 'Subtract the mean, not the median.',
    apply: (right) => ({ ...right, centre: median, spread: (values) => right.spread(values, mean(values)) }),
  },
  {
    id: 'all-features-together',
    title: 'one mean and one standard deviation for all features',
    advice: 'Compute mean and standard deviation for every feature separately (axis 0).',
    apply: (right) => ({ ...right, valuesOf: (rows) => rows.flat() }),
  },
  {
    id: 'only-centred',
    title: 'only the mean subtracted',
    advice: 'Divide by the standard deviation too.',
    apply: (right) => ({ ...right, transform: (v, m) => v - m }),
  },
  {
    id: 'only-scaled',
    title: 'only divided by the standard deviation',
    advice: 'Subtract the mean before you divide.',
    apply: (right) => ({ ...right, transform: (v, _, s) => v / s }),
  },
  {
    id: 'precedence',
    title: 'mean subtracted after the division',
    advice: 'Put brackets around value minus mean: the division comes first in your formula.',
    apply: (right) => ({ ...right, transform: (v, m, s) => v / s - m }),
  },
  {
    id: 'precedence-other',
    title: 'only the mean divided',
    advice: 'Put brackets around value minus mean: only the mean is divided in your formula.',
    apply: (right) => ({ ...right, transform: (v, m, s) => v - m / s }),
  },
  {
    id: 'multiplied',
    title: 'multiplied by the standard deviation',
    advice: 'Divide by the standard deviation; you multiply by it.',
    apply: (right) => ({ ...right, transform: (v, m, s) => (v - m) * s }),
  },
  {
    id: 'mean-added',
    title: 'mean added',
    advice: 'Subtract the mean; you add it.',
    apply: (right) => ({ ...right, transform: (v, m, s) => (v + m) / s }),
  },
  {
    id: 'sign',
    title: 'sign reversed',
    advice: 'Subtract the mean from the value, not the value from the mean.',
    family: 'scale',
    apply: (right) => ({ ...right, transform: (v, m, s) => (m - v) / s }),
  },
  {
    id: 'twice',
    title: 'validation rows transformed twice',
    advice: 'Transform the validation rows once: they are standardised already when you do it again.',
    apply: (right) => ({
      ...right,
      transform: (v, m, s, name) => {
        const once = right.transform(v, m, s, name);
        return name === 'train' ? once : right.transform(once, m, s, name);
      },
    }),
  },
  {
    id: 'untouched',
    title: 'nothing transformed',
    advice: 'Return the transformed rows: yours come back unchanged.',
    apply: (right) => ({ ...right, transform: (v) => v }),
  },
  {
    id: 'rows-for-features',
    title: 'statistics over the features of the first row',
    advice: 'Compute the statistics down the columns (axis 0), not along the rows.',
    apply: (right) => ({
      ...right,
      valuesOf: (rows, feature) => transpose(rows).map((column) => column[feature % rows.length]!),
    }),
  },
];
