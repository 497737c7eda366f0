/** The backward pass of a softmax layer that receives the gradient after it: dZ = p ∘ (g − ⟨g, p⟩), row by row. */
import { softmaxVjp } from '../../../reference/oracles/activations.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, sum } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';

export interface SoftmaxCase {
  /** Rows of probabilities. */
  P: Mat;
  /** The gradient after the softmax. */
  G: Mat;
}

export interface SoftmaxRules {
  row(p: Vec, g: Vec): Vec;
  rows(P: Mat, G: Mat, row: (p: Vec, g: Vec) => Vec): Mat;
}

/** The answer is `{ dZ }` with dZ = p ∘ (g − ⟨g, p⟩) row by row. */
export const softmaxProgram: Program<SoftmaxCase, SoftmaxRules> = {
  right: { row: softmaxVjp, rows: (P, G, row) => P.map((p, i) => row(p, G[i]!)) },
  run: ({ P, G }, rules) => ({ dZ: arrayOf(rules.rows(P, G, rules.row)) }),
};

const rowIs =
  (row: SoftmaxRules['row']) =>
  (right: SoftmaxRules): SoftmaxRules => ({ ...right, row });
const inner = (p: Vec, g: Vec): number => sum(p.map((v, j) => v * g[j]!));
const column = (a: Mat, j: number): Vec => a.map((row) => row[j]!);

export const softmaxMistakes: readonly Mistake<SoftmaxRules>[] = [
  {
    id: 'diagonal-only',
    title: 'diagonal of the Jacobian only',
    advice: 'Use the whole Jacobian of the softmax: every probability depends on every z, not only on its own.',
    apply: rowIs((p, g) => p.map((v, j) => v * (1 - v) * g[j]!)),
  },
  {
    id: 'off-diagonal-only',
    title: 'diagonal of the Jacobian left out',
    advice: 'Add the diagonal of the Jacobian: for j = k the derivative is p (1 − p).',
    apply: rowIs((p, g) => p.map((v, j) => -v * (inner(p, g) - v * g[j]!))),
  },
  {
    id: 'off-diagonal-sign',
    title: 'entries of the Jacobian beside the diagonal with the wrong sign',
    advice: 'For j ≠ k the derivative is −p_j p_k: raising one z lowers the other probabilities.',
    apply: rowIs((p, g) => p.map((v, j) => v * (1 - v) * g[j]! + v * (inner(p, g) - v * g[j]!))),
  },
  {
    id: 'diagonal-everywhere',
    title: 'the formula of the diagonal for every entry of the Jacobian',
    advice: 'For j = k the derivative is p_j (1 − p_j), for j ≠ k it is −p_j p_k: it is not p_j (1 − p_k) for both.',
    apply: rowIs((p, g) => p.map((v) => (1 - v) * inner(p, g))),
  },
  {
    id: 'inner-product-missing',
    title: 'only p times the gradient',
    advice: 'Subtract the weighted sum of the gradient: the probabilities of a row depend on each other.',
    apply: rowIs((p, g) => p.map((v, j) => v * g[j]!)),
  },
  {
    id: 'factor-missing',
    title: 'probability in front left out',
    advice: 'Multiply by the probability itself after subtracting the weighted sum.',
    apply: rowIs((p, g) => g.map((v) => v - inner(p, g))),
  },
  {
    id: 'mean-subtracted',
    title: 'plain mean of the gradient subtracted',
    advice: 'Weight the gradient with the probabilities before you sum it: you subtract its plain mean.',
    apply: rowIs((p, g) => p.map((v, j) => v * (g[j]! - sum(g) / g.length))),
  },
  {
    id: 'sum-subtracted',
    title: 'plain sum of the gradient subtracted',
    advice: 'Weight the gradient with the probabilities before you sum it.',
    apply: rowIs((p, g) => p.map((v, j) => v * (g[j]! - sum(g)))),
  },
  {
    id: 'sign',
    title: 'sign reversed',
    advice: 'Reverse the sign: it is p times (gradient minus weighted sum).',
    family: 'scale',
    apply: rowIs((p, g) => softmaxVjp(p, g).map((v) => -v)),
  },
  {
    id: 'arriving-ignored',
    title: 'gradient from above ignored',
    advice: 'Multiply the Jacobian by the gradient that arrives from the loss.',
    apply: rowIs((p) => p.map((v) => v * (1 - v))),
  },
  {
    id: 'passed-through',
    title: 'gradient passed on unchanged',
    advice: 'Multiply by the Jacobian of the softmax: the gradient does not pass unchanged.',
    apply: rowIs((_, g) => g),
  },
  {
    id: 'over-the-batch',
    title: 'sum over the samples instead of the classes',
    advice: 'Sum over the classes (last axis): every row has a Jacobian of its own.',
    apply: (right) => ({
      ...right,
      rows: (P, G) => P.map((p, i) => p.map((v, j) => v * (G[i]![j]! - inner(column(P, j), column(G, j))))),
    }),
  },
  {
    id: 'divided',
    title: 'gradient divided by the probabilities',
    advice: 'Multiply by the probabilities; you divide by them.',
    apply: rowIs((p, g) => p.map((v, j) => (g[j]! - inner(p, g)) / v)),
  },
  {
    id: 'absolute',
    title: 'absolute values',
    advice: 'Keep the signs of the gradient.',
    apply: (right) => ({ ...right, rows: (P, G, row) => mapMat(right.rows(P, G, row), Math.abs) }),
  },
];
