/** The share of right predictions, and what is counted in its place. */
import { argmax, oneHot } from '../../../reference/oracles/accuracy.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { transpose } from '../../../reference/oracles/linear-algebra.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';

export interface AccuracyCase {
  /** One row of scores a sample. */
  scores: Mat;
  labels: readonly number[];
  /** Samples per batch; the last batch is shorter. */
  batchSize: number;
}

export interface AccuracyRules {
  predictions(scores: Mat): number[];
  /** 1 for a right prediction, 0 for a wrong one. */
  hits(predictions: readonly number[], given: AccuracyCase): Vec;
  share(hits: Vec, given: AccuracyCase): number;
}

const sum = (values: Vec): number => values.reduce((total, v) => total + v, 0);
const batchesOf = (hits: Vec, size: number): Vec[] =>
  Array.from({ length: Math.ceil(hits.length / size) }, (_, i) => hits.slice(i * size, (i + 1) * size));
const mean = (values: Vec): number => sum(values) / values.length;
const classesOf = ({ scores }: AccuracyCase): number => scores[0]!.length;

/** The answer is `{ accuracy }`, between 0 and 1. */
export const accuracyProgram: Program<AccuracyCase, AccuracyRules> = {
  right: {
    predictions: (scores) => scores.map(argmax),
    hits: (predictions, { labels }) => predictions.map((k, i) => (k === labels[i] ? 1 : 0)),
    share: (hits) => mean(hits),
  },
  run: (given, rules) => ({
    accuracy: makeArray([], [rules.share(rules.hits(rules.predictions(given.scores), given), given)]),
  }),
};

const predictionsAre =
  (predictions: AccuracyRules['predictions']) =>
  (right: AccuracyRules): AccuracyRules => ({ ...right, predictions });
const shareIs =
  (share: AccuracyRules['share']) =>
  (right: AccuracyRules): AccuracyRules => ({ ...right, share });

export const accuracyMistakes: readonly Mistake<AccuracyRules>[] = [
  {
    id: 'argmax-over-samples',
    title: 'argmax over the samples',
    advice: 'Take the argmax over the classes (last axis), so that every sample gets one prediction.',
    apply: (right) => ({
      ...right,
      predictions: (scores) => transpose(scores).map(argmax),
      hits: (predictions, { labels }) => predictions.map((k, i) => (k === labels[i] ? 1 : 0)),
    }),
  },
  {
    id: 'one-hot-entries',
    title: 'one-hot entries compared one by one',
    advice: 'Compare predicted and true class once per sample: comparing one-hot entries also counts all the zeros.',
    apply: (right) => ({
      ...right,
      hits: (predictions, given) =>
        predictions.flatMap((k, i) => {
          const [guess, truth] = [oneHot(k, classesOf(given)), oneHot(given.labels[i]!, classesOf(given))];
          return guess.map((v, j) => (v === truth[j] ? 1 : 0));
        }),
    }),
  },
  {
    id: 'count',
    title: 'number instead of share',
    advice: 'Divide the number of right predictions by the number of samples.',
    family: 'scale',
    apply: shareIs((hits) => sum(hits)),
  },
  {
    id: 'percent',
    title: 'percent',
    advice: 'Return a share between 0 and 1, not a percentage.',
    family: 'scale',
    apply: shareIs((hits) => 100 * mean(hits)),
  },
  {
    id: 'divided-by-classes',
    title: 'divided by the number of classes',
    advice: 'Divide by the number of samples, not by the number of classes.',
    family: 'scale',
    apply: shareIs((hits, given) => sum(hits) / classesOf(given)),
  },
  {
    id: 'divided-by-entries',
    title: 'divided by the number of scores',
    advice: 'Divide by the number of samples, not by the number of all scores.',
    family: 'scale',
    apply: shareIs((hits, given) => sum(hits) / (given.scores.length * classesOf(given))),
  },
  {
    id: 'n-minus-one',
    title: 'divided by N − 1',
    advice: 'Divide by the number of samples N, not by N − 1.',
    family: 'scale',
    apply: shareIs((hits) => sum(hits) / (hits.length - 1)),
  },
  {
    id: 'mean-of-batches',
    title: 'mean of the batch accuracies',
    advice: 'Add up right predictions and samples over all batches and divide once: the last batch is shorter.',
    apply: shareIs((hits, { batchSize }) => mean(batchesOf(hits, batchSize).map(mean))),
  },
  {
    id: 'last-batch-missing',
    title: 'last, shorter batch left out',
    advice: 'Count the last batch too, although it is shorter.',
    apply: shareIs((hits, { batchSize }) => mean(hits.slice(0, Math.floor(hits.length / batchSize) * batchSize))),
  },
  {
    id: 'last-batch-only',
    title: 'only the last batch',
    advice: 'Count all batches: each one overwrites the one before.',
    apply: shareIs((hits, { batchSize }) => mean(batchesOf(hits, batchSize).at(-1)!)),
  },
  {
    id: 'first-batch-only',
    title: 'only the first batch',
    advice: 'Count all batches, not only the first.',
    apply: shareIs((hits, { batchSize }) => mean(hits.slice(0, batchSize))),
  },
  {
    id: 'error-rate',
    title: 'share of wrong predictions',
    advice: 'Count the right predictions: yours is the error rate.',
    apply: shareIs((hits) => 1 - mean(hits)),
  },
  {
    id: 'argmin',
    title: 'smallest score wins',
    advice: 'Predict the class with the largest score, not the smallest.',
    apply: predictionsAre((scores) => scores.map((row) => argmax(row.map((v) => -v)))),
  },
  {
    id: 'classes-from-one',
    title: 'classes counted from 1',
    advice: 'Count classes from 0 in predictions and labels.',
    apply: predictionsAre((scores) => scores.map((row) => argmax(row) + 1)),
  },
  {
    id: 'labels-shifted',
    title: 'labels of the next sample',
    advice: 'Compare every prediction with the label of the same sample: yours are one row apart.',
    apply: (right) => ({
      ...right,
      hits: (predictions, given) =>
        right.hits(predictions, { ...given, labels: given.labels.map((_, i, all) => all[(i + 1) % all.length]!) }),
    }),
  },
  {
    id: 'first-two',
    title: 'the two best classes accepted',
    advice: 'Accept only the class with the largest score.',
    apply: (right) => ({
      ...right,
      hits: (_, { scores, labels }) =>
        scores.map((row, i) => (row.filter((v) => v > row[labels[i]!]!).length < 2 ? 1 : 0)),
    }),
  },
  {
    id: 'mean-of-classes',
    title: 'mean of the accuracies of the classes',
    advice: 'Count all samples alike: you average over the classes, which are not equally frequent.',
    apply: shareIs((hits, { labels }) => {
      const classes = [...new Set(labels)];
      return mean(classes.map((k) => mean(hits.filter((_, i) => labels[i] === k))));
    }),
  },
  {
    id: 'true-probability',
    title: 'mean score of the true class',
    advice: 'Count whether the true class has the largest score; you average its score.',
    apply: (right) => ({ ...right, hits: (_, { scores, labels }) => scores.map((row, i) => row[labels[i]!]!) }),
  },
];
