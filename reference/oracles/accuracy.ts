/** Which class is predicted, and how often that is right. */
import type { Mat, Vec } from './linear-algebra.ts';

/** The first index of the largest entry. */
export const argmax = (row: Vec): number => row.reduce((best, v, k) => (v > row[best]! ? k : best), 0);

/** The unit vector of class k among K. */
export const oneHot = (k: number, K: number): Vec => Array.from({ length: K }, (_, j) => (j === k ? 1 : 0));

interface Accuracy {
  correct: number;
  total: number;
  /** correct / total. */
  share: number;
}

/** Rows of scores against labels 0..K−1. */
export function accuracy(scores: Mat, labels: readonly number[]): Accuracy {
  if (scores.length !== labels.length || labels.length === 0)
    throw new RangeError(`accuracy: ${scores.length} rows of scores for ${labels.length} labels`);
  const correct = scores.filter((row, i) => argmax(row) === labels[i]).length;
  return { correct, total: labels.length, share: correct / labels.length };
}
