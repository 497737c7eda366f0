/** What the cross-entropy is asked: predictions and targets, everywhere between 0 and 1 and near both ends. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { sum } from '../../../reference/oracles/linear-algebra.ts';
import type { Random } from '../../numerics/random.ts';
import { oneHotRows, otherRows } from '../../kinds/drawn-rows.ts';

/** Predictions whose rows sum to 1, and one-hot targets; both examples × classes. */
export interface LossProbe {
  p: Mat;
  t: Mat;
}

/** Predictions between about 0.01 and 0.6. */
export function drawLoss(random: Random, rows: number, classes: number): LossProbe {
  const raw = Array.from({ length: rows }, () =>
    Array.from({ length: classes }, () => random.uniform(0.05, 1) ** 2 + 0.02),
  );
  return { p: raw.map((row) => row.map((v) => Math.fround(v / sum(row)))), t: oneHotRows(random, rows, classes) };
}

/** Like those of `drawLoss`, but the true class of every example has a probability of its own, from `near`. */
export function drawNear(random: Random, rows: number, classes: number, near: (row: number) => number): LossProbe {
  const { p, t } = drawLoss(random, rows, classes);
  const withTrue = (row: Vec, target: Vec, i: number) => {
    const truth = target.indexOf(1);
    const rest = (1 - near(i)) / (1 - row[truth]!);
    return row.map((v, k) => Math.fround(k === truth ? near(i) : v * rest));
  };
  return { p: p.map((row, i) => withTrue(row, t[i]!, i)), t };
}

/** Other predictions for the same targets. */
export const otherLoss = ({ p, t }: LossProbe): LossProbe => ({ p: otherRows(p), t });

/** What the true class of every example was given. */
const trueProbabilities = ({ p, t }: LossProbe): number[] => p.map((row, i) => row[t[i]!.indexOf(1)]!);

/** Whether such a probability of a true class occurs. */
export const among = (is: (p: number) => boolean) => (probes: readonly LossProbe[]) =>
  probes.some((probe) => trueProbabilities(probe).some(is));
