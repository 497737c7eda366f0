/** The 1-norm of the residuals Xw − y, its gradient, and what is computed in their place. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { dot, matmul, sum, transpose } from '../../../reference/oracles/linear-algebra.ts';
import { residuals } from '../../../reference/oracles/l1.ts';
import type { Variant } from '../../key.ts';
import { wrongly } from '../../key.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';

/** Linear data: features, weights and targets. */
interface LinearCase {
  X: Mat;
  w: Vec;
  y: Vec;
}

const loss =
  (f: (r: Vec, data: LinearCase) => number) =>
  (data: LinearCase): Answer => ({ loss: arrayOf(f(residuals(data.X, data.w, data.y), data)) });

const totals = (f: (r: number) => number) => (r: Vec) => sum(r.map(f));

/** In place of Σ |r|. */
export const absoluteLosses: readonly Variant<LinearCase>[] = [
  wrongly(
    'squared',
    'the squares of the residuals',
    'The 1-norm adds absolute values, not squares.',
    loss(totals((r) => r * r)),
  ),
  wrongly(
    'two-norm',
    'the 2-norm of the residuals',
    'The 1-norm adds absolute values; no squares, no root.',
    loss((r) => Math.hypot(...r)),
  ),
  wrongly(
    'largest',
    'the largest residual',
    'That is the ∞-norm; the 1-norm adds all of them.',
    loss((r) => Math.max(...r.map(Math.abs))),
  ),
  wrongly(
    'no-abs',
    'the residuals without absolute value',
    'Take the absolute value of every residual.',
    loss(totals((r) => r)),
  ),
  wrongly(
    'abs-of-sum',
    'the absolute value of the sum',
    'Take the absolute value of every residual before you add them.',
    loss((r) => Math.abs(sum(r))),
  ),
  wrongly(
    'mean-square',
    'the mean square',
    'The 1-norm adds absolute values, not squares.',
    loss((r) => sum(r.map((v) => v * v)) / r.length),
  ),
  wrongly(
    'half',
    'half of the sum',
    'The definition of the 1-norm has no factor ½.',
    loss((r) => sum(r.map(Math.abs)) / 2),
  ),
  wrongly(
    'plus',
    'Xw + y instead of Xw − y',
    'A residual is a difference: Xw − y.',
    loss((_, { X, w, y }) => sum(X.map((x, i) => Math.abs(dot(x, w) + y[i]!)))),
  ),
  wrongly(
    'no-target',
    'the target is missing',
    'Subtract y before you take absolute values.',
    loss((_, { X, w }) => sum(X.map((x) => Math.abs(dot(x, w))))),
  ),
  wrongly(
    'sign',
    'a negative loss',
    'A norm is never negative.',
    loss((r) => -sum(r.map(Math.abs))),
  ),
];

const slope =
  (f: (r: Vec, data: LinearCase) => Vec) =>
  (data: LinearCase): Answer => ({ gradient: arrayOf(f(residuals(data.X, data.w, data.y), data)) });

const back = (X: Mat, g: Vec): Vec => matmul([g], X)[0]!;

/** Xᵀ of something in place of the signs of the residuals. */
const backOf =
  (f: (r: number) => number) =>
  (r: Vec, { X }: LinearCase): Vec =>
    back(X, r.map(f));

/** In place of Xᵀ sign(r). */
export const absoluteSlopes: readonly Variant<LinearCase>[] = [
  wrongly(
    'sign',
    'the sign turned round',
    'With r = Xw − y the inner derivative is +X: Xᵀ sign(Xw − y).',
    slope(backOf((v) => -Math.sign(v))),
  ),
  wrongly(
    'residuals',
    'the residuals instead of their signs',
    'The derivative of |r| is sign(r), not r.',
    slope((r, { X }) => back(X, r)),
  ),
  wrongly(
    'squared-loss',
    'the gradient of the squared loss',
    'The derivative of |r| is sign(r), not 2r.',
    slope(backOf((v) => 2 * v)),
  ),
  wrongly(
    'no-features',
    'the factor X is missing',
    'Chain rule: every sign is multiplied by its row of X.',
    slope((r, { w }) => w.map(() => sum(r.map(Math.sign)))),
  ),
  wrongly(
    'step',
    'step instead of sign',
    'For negative residuals the slope of |r| is −1, not 0.',
    slope(backOf((v) => (v > 0 ? 1 : 0))),
  ),
  wrongly('absolute', 'absolute values instead of signs', 'The derivative of |r| is sign(r).', slope(backOf(Math.abs))),
  wrongly(
    'sign-last',
    'the sign of the sum',
    'Take the sign of every residual, then multiply and add.',
    slope((r, { X }) => back(X, r).map(Math.sign)),
  ),
  wrongly(
    'plus',
    'Xw + y instead of Xw − y',
    'A residual is a difference: Xw − y.',
    slope((_, { X, w, y }) =>
      back(
        X,
        X.map((x, i) => Math.sign(dot(x, w) + y[i]!)),
      ),
    ),
  ),
  wrongly(
    'factor-two',
    'twice the gradient',
    'The factor 2 belongs to squares; |r| has the slope sign(r).',
    slope(backOf((v) => 2 * Math.sign(v))),
  ),
  wrongly(
    'absolute-features',
    'the signs of X are lost',
    'Multiply by X itself, not by its absolute values.',
    slope((r, { X }) => transpose(X).map((column) => sum(column.map((v, i) => Math.abs(v) * Math.sign(r[i]!))))),
  ),
];
