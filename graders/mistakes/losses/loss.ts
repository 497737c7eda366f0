/** Losses, term by term: binary and categorical cross-entropy and the squared error. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { sum } from '../../../reference/oracles/linear-algebra.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { VariantFamily } from '../../key.ts';
import type { Program } from '../program.ts';

export type LossKind = 'bce' | 'cce' | 'mse';

export interface LossCase {
  kind: LossKind;
  /** N×outputs: probabilities for the cross-entropies, any numbers for the squared error. */
  predictions: Mat;
  targets: Mat;
  /** One value per sample, or their mean or sum. */
  reduction: 'none' | 'mean' | 'sum';
}

export interface LossRules {
  samples(given: LossCase): { p: Vec; y: Vec }[];
  /** One term of the loss. */
  term(p: number, y: number, kind: LossKind): number;
  /** What one unit of the natural logarithm counts in the cross-entropies. */
  logUnit: number;
  /** The loss of one sample from its terms. */
  ofSample(terms: Vec, kind: LossKind): number;
  ofBatch(losses: Vec, reduction: LossCase['reduction']): Vec;
}

const paired = ({ predictions, targets }: LossCase) => predictions.map((p, i) => ({ p, y: targets[i]! }));
export const meanOf = (values: Vec): number => sum(values) / values.length;

/**
 * bce −y ln p − (1 − y) ln(1 − p) and mse (p − y)², averaged over the outputs; cce −Σ y ln p. The answer is `{ loss }`.
 */
export const lossProgram: Program<LossCase, LossRules> = {
  right: {
    samples: paired,
    logUnit: 1,
    // The factors stand in front of logarithms of numbers in (0, 1), so that −y ln p with y = 0 is 0.
    term: (p, y, kind) => {
      if (kind === 'mse') return (p - y) ** 2;
      return kind === 'cce' ? -y * Math.log(p) : -y * Math.log(p) - (1 - y) * Math.log(1 - p);
    },
    ofSample: (terms, kind) => (kind === 'cce' ? sum(terms) : meanOf(terms)),
    ofBatch: (losses, reduction) => {
      if (reduction === 'none') return losses;
      return [reduction === 'mean' ? meanOf(losses) : sum(losses)];
    },
  },
  run: (given, rules) => {
    const losses = rules.samples(given).map(({ p, y }) =>
      rules.ofSample(
        p.map((pj, j) => rules.term(pj, y[j]!, given.kind)),
        given.kind,
      ),
    );
    const unit = given.kind === 'mse' ? 1 : rules.logUnit;
    const values = rules.ofBatch(losses, given.reduction).map((v) => v * unit);
    return { loss: makeArray(given.reduction === 'none' ? [values.length] : [], values) };
  },
};

/** A program whose loss has other terms. */
export const term =
  (f: (p: number, y: number) => number) =>
  (right: LossRules): LossRules => ({ ...right, term: f });

const powers = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.02, 0.05, 0.1, 0.2];
const guarded = (guard: (p: number, value: number) => number) => (given: LossCase, value: number) =>
  lossProgram.run(given, {
    ...lossProgram.right,
    samples: (asked) => paired(asked).map(({ p, y }) => ({ p: p.map((v) => guard(v, value)), y })),
  });

/** Guards against ln 0 in the cross-entropies that are so large that they show. */
export const logGuardFamilies: readonly VariantFamily<LossCase>[] = [
  {
    id: 'clipped',
    title: 'predictions clipped too far from 0 and 1',
    advice: (value) => `Clip the predictions closer to 0 and 1: a limit of ${value} changes the loss visibly.`,
    values: powers,
    compute: guarded((p, value) => Math.min(1 - value, Math.max(value, p))),
  },
  {
    id: 'epsilon',
    title: 'constant inside the logarithm too large',
    advice: (value) => `Make the constant inside the logarithm smaller: ${value} changes the loss visibly.`,
    values: powers,
    compute: (given, value) =>
      lossProgram.run(given, {
        ...lossProgram.right,
        term: (p, y, kind) =>
          kind === 'bce' ? -y * Math.log(p + value) - (1 - y) * Math.log(1 - p + value) : -y * Math.log(p + value),
      }),
  },
];
