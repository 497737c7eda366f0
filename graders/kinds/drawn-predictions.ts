/** Predictions with one-hot targets for losses: everywhere between 0 and 1, and near either end for the true class. */
import { sum, zipMat } from '../../reference/oracles/linear-algebra.ts';
import type { Random } from '../numerics/random.ts';
import { oneHotRows } from './drawn-rows.ts';
import type { LossProbe } from './loss-object-question.ts';

/** Predictions between about 0.01 and 0.6, whose rows sum to 1. */
export function drawPredictions(random: Random, rows: number, classes: number): LossProbe {
  const raw = Array.from({ length: rows }, () =>
    Array.from({ length: classes }, () => random.uniform(0.05, 1) ** 2 + 0.02),
  );
  return { p: raw.map((row) => row.map((v) => Math.fround(v / sum(row)))), t: oneHotRows(random, rows, classes) };
}

/** Like those, but the true class of every example has a probability of its own, from `near`. */
export function drawNear(random: Random, rows: number, classes: number, near: (row: number) => number): LossProbe {
  const { p, t } = drawPredictions(random, rows, classes);
  const withTrue = (row: number[], target: number[], i: number) => {
    const truth = target.indexOf(1);
    const rest = (1 - near(i)) / (1 - row[truth]!);
    return row.map((v, k) => Math.fround(k === truth ? near(i) : v * rest));
  };
  return { p: p.map((row, i) => withTrue(row, t[i]!, i)), t };
}

/** Every prediction is a variable of its own: rows need not sum to 1. */
export const drawFree = (random: Random, rows: number, classes: number): LossProbe => ({
  p: Array.from({ length: rows }, () => Array.from({ length: classes }, () => Math.fround(random.uniform(0.1, 0.9)))),
  t: oneHotRows(random, rows, classes),
});

/** Predictions of the true class from 4e-3: nearly 0, where 1e-7 changes their derivative by an eighth of the tolerance. */
export const drawFreeNear = (random: Random, rows: number, classes: number): LossProbe => {
  const { p, t } = drawFree(random, rows, classes);
  return {
    p: zipMat(p, t, (v, target) => v * (1 - target)).map((row, i) => row.map((v) => v || Math.fround(4e-3 * (1 + i)))),
    t,
  };
};

/** Whether such a probability of a true class occurs. */
export const amongTrue = (is: (p: number) => boolean) => (probes: readonly LossProbe[]) =>
  probes.some(({ p, t }) => p.some((row, i) => is(row[t[i]!.indexOf(1)]!)));
