/** Formulas that stand in place of the derivatives of sums of squares. */
import type { FormulaMistake } from '../../formula/problem.ts';
import { wrongFormula } from '../../formula/problem.ts';

/** In place of ∂‖x‖²/∂x_i. */
export const squaredNorm: readonly FormulaMistake[] = [
  wrongFormula('no-two', 'The factor 2 is missing', 'The derivative of x_i² is 2x_i.', 'x_i'),
  wrongFormula(
    'length',
    'This is a number, the same for every i',
    'A gradient has one entry for every coordinate: differentiate with respect to x_i, not to ‖x‖.',
    '2 * sqrt(sum(x_k^2))',
  ),
  wrongFormula(
    'function-itself',
    'This is twice the function, 2xᵀx',
    'Differentiate the sum Σ x_k² with respect to one x_i: only one term depends on it.',
    '2 * sum(x_k^2)',
  ),
  wrongFormula(
    'no-square',
    'This is the gradient of ‖x‖, not of ‖x‖²',
    'The square removes the root: there is nothing to divide by.',
    'x_i / sqrt(sum(x_k^2))',
  ),
  wrongFormula(
    'sum-of-all',
    'The entries are added up',
    'A gradient is not summed: its entry i is the derivative with respect to x_i.',
    '2 * sum(x_k)',
  ),
  wrongFormula('still-squared', 'The square is still there', 'Differentiating lowers the power.', '2 * x_i^2'),
  wrongFormula('sign', 'The sign is turned round', '‖x‖² grows when x moves outwards.', '-2 * x_i'),
  wrongFormula('magnitude', 'The sign of x_i is lost', 'For negative x_i the slope is negative.', '2 * abs(x_i)'),
];

/** In place of the derivative of Σ (x_i − μ)² by μ. */
export const squaredDistances: readonly FormulaMistake[] = [
  wrongFormula(
    'sign',
    'The sign is turned round',
    'The inner derivative of x_i − μ with respect to μ is −1.',
    '2 * sum(x_i - mu)',
  ),
  wrongFormula('no-two', 'The factor 2 is missing', 'The derivative of a square has a factor 2.', '-sum(x_i - mu)'),
  wrongFormula(
    'both',
    'The factor −2 is missing',
    'Chain rule: 2 from the square, −1 from the bracket.',
    'sum(x_i - mu)',
  ),
  wrongFormula(
    'mean',
    'The sum is divided by n',
    'The function is a sum, so its derivative is a sum.',
    '-2 * sum(x_i - mu) / n',
  ),
  wrongFormula(
    'mu-once',
    'μ is subtracted once instead of n times',
    'Σ (x_i − μ) = Σ x_i − nμ: the constant is added n times.',
    '-2 * (sum(x_i) - mu)',
  ),
  wrongFormula(
    'square-stays',
    'The square is still there',
    'Differentiating lowers the power.',
    '-2 * sum((x_i - mu)^2)',
  ),
  wrongFormula(
    'median',
    'This is the derivative of Σ |x_i − μ|, up to a factor',
    'The distances are squared here: the derivative is linear in x_i − μ.',
    '-sum(sign(x_i - mu))',
  ),
];

/** In place of the second derivative of the same sum. */
export const secondDerivative: readonly FormulaMistake[] = [
  wrongFormula('no-n', 'The sum over the points is missing', 'Each of the n terms contributes 2.', '2'),
  wrongFormula('no-two', 'The factor 2 is missing', 'Differentiate −2 Σ (x_i − μ) with respect to μ.', 'n'),
  wrongFormula(
    'sign',
    'The sign is turned round',
    '−2 times −1 is positive: that is why the mean is a minimum.',
    '-2 * n',
  ),
  wrongFormula('square', 'n is squared', 'The n terms are added: 2 + 2 + … = 2n.', '2 * n^2'),
];

/** In place of the gradient of Σ (y_i − f_i)² by the parameters of f. */
export const squaredErrors: readonly FormulaMistake[] = [
  wrongFormula(
    'sign',
    'The sign is turned round',
    'The inner derivative of y_i − f_i is −∇f_i.',
    '2 * sum((y_i - f_i) * gradf_i)',
  ),
  wrongFormula('no-two', 'The factor 2 is missing', 'A square has the derivative 2(…).', '-sum((y_i - f_i) * gradf_i)'),
  wrongFormula(
    'no-inner',
    'The gradient of f is missing',
    'Chain rule: multiply every term by the inner derivative −∇f_i.',
    '-2 * sum(y_i - f_i)',
  ),
  wrongFormula(
    'product-of-sums',
    'Errors and gradients are summed apart',
    'Multiply every error by its own gradient first, then add.',
    '-2 * sum(y_i - f_i) * sum(gradf_i)',
  ),
  wrongFormula(
    'mean',
    'The sum is divided by n',
    'L is a sum here; its gradient is one too.',
    '-2 * sum((y_i - f_i) * gradf_i) / n',
  ),
  wrongFormula(
    'square-stays',
    'The square is still there',
    'Differentiating lowers the power: the error stands once.',
    '-2 * sum((y_i - f_i)^2 * gradf_i)',
  ),
  wrongFormula(
    'no-target',
    'The target is missing',
    'y_i is constant, but it stays in the error y_i − f_i.',
    '2 * sum(f_i * gradf_i)',
  ),
];
