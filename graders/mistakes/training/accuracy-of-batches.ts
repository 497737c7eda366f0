/** The accuracy over batches of which the last is smaller, and what is reported in its place. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { mistakeMaker } from '../../key.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake, replacing } from '../program.ts';

interface AccuracyCase {
  /** One row of scores a sample. */
  scores: readonly number[][];
  labels: readonly number[];
  /** Samples per batch; the last batch is shorter. */
  batchSize: number;
}

interface AccuracyRules {
  prediction(row: number[]): number;
  /** What is told of 1 for every right prediction, 0 for a wrong one. */
  share(hits: readonly number[], given: AccuracyCase): number;
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
/** The answer is `{ accuracy }`, between 0 and 1. */
export const accuracyOfBatches: Program<AccuracyCase, AccuracyRules> = {
  right: { prediction: argmax, share: mean },
  run(given, rules) {
    const hits = given.scores.map((row, i) => (rules.prediction(row) === given.labels[i] ? 1 : 0));
    return { accuracy: makeArray([], [rules.share(hits, given)]) };
  },
};

const inBatches = (hits: readonly number[], { batchSize }: AccuracyCase) =>
  Array.from({ length: Math.ceil(hits.length / batchSize) }, (_, i) => hits.slice(i * batchSize, (i + 1) * batchSize));

const reported = mistakeMaker((share: AccuracyRules['share']) => replacing<AccuracyRules>({ share }));

export const batchAccuracyMistakes: readonly Mistake<AccuracyRules>[] = [
  reported('percent', 'percent', 'The accuracy is a share from 0 to 1.', (hits) => 100 * mean(hits)),
  reported('count', 'the number of right predictions', 'Divide by the number of images.', sum),
  reported('error-rate', 'the share of wrong predictions', 'Count what is right.', (hits) => 1 - mean(hits)),
  reported(
    'mean-of-batches',
    'the mean of the accuracies of the batches',
    'The last batch is smaller and must not count as much as the others: add counts, then divide.',
    (hits, given) => mean(inBatches(hits, given).map(mean)),
  ),
  reported(
    'full-batches',
    'every batch counted as if it were full',
    'Divide by the number of images.',
    (hits, given) => sum(hits) / (inBatches(hits, given).length * given.batchSize),
  ),
  reported('first-batch', 'the first batch only', 'Go through all batches.', (hits, given) =>
    mean(inBatches(hits, given)[0]!),
  ),
  reported('last-batch', 'the last batch only', 'Go through all batches.', (hits, given) =>
    mean(inBatches(hits, given).at(-1)!),
  ),
  reported(
    'drops-last',
    'without the last, smaller batch',
    'Count the images that do not fill a batch.',
    (hits, { labels, batchSize }) => mean(hits.slice(0, -(labels.length % batchSize))),
  ),
  mistake<AccuracyRules>('least-likely', 'the least likely class', 'Predict the class with the largest output.', {
    prediction: (row) => argmax(row.map((v) => -v)),
  }),
  reported(
    'number-of-batches',
    'divided by the number of batches',
    'Divide by the number of images.',
    (hits, given) => sum(hits) / inBatches(hits, given).length,
  ),
];
