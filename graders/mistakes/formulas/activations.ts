/** Formulas that stand in place of the derivatives of activations. */
import type { FormulaMistake } from '../../formula/problem.ts';
import { wrongFormula } from '../../formula/problem.ts';

/** In place of σ'(x). */
export const sigmoidSlopes: readonly FormulaMistake[] = [
  wrongFormula(
    'x-for-sigma',
    'x stands where σ(x) should',
    'The derivative is σ(x)(1 − σ(x)): apply σ before you multiply.',
    'x * (1 - x)',
  ),
  wrongFormula('sign', 'The sign is turned round', 'σ rises everywhere.', '-sigma(x) * (1 - sigma(x))'),
  wrongFormula(
    'no-inner',
    'The inner derivative is missing',
    'The derivative of e^(−x) is −e^(−x): this minus and the factor belong to the chain rule.',
    '-1 / (1 + exp(-x))^2',
  ),
  wrongFormula('one-minus', 'Only 1 − σ(x) is left', 'Both factors are needed: σ(x)(1 − σ(x)).', '1 - sigma(x)'),
  wrongFormula(
    'plus',
    'A plus stands where a minus should',
    'The second factor is 1 − σ(x).',
    'sigma(x) * (1 + sigma(x))',
  ),
  wrongFormula(
    'tanh',
    'This is the derivative for tanh, with σ in it',
    '1 − f(x)² is the derivative of tanh; that of σ is σ(1 − σ).',
    '1 - sigma(x)^2',
  ),
];

/** In place of relu'(x). */
export const rectifierSlopes: readonly FormulaMistake[] = [
  wrongFormula(
    'relu-itself',
    'This is relu itself',
    'Where relu(x) = x its slope is 1, where it is 0 its slope is 0.',
    'max(x, 0)',
  ),
  wrongFormula('sign', 'For negative x the slope is −1', 'For negative x relu is constant: its slope is 0.', 'sign(x)'),
  wrongFormula('one', 'The slope is 1 everywhere', 'For negative x relu is constant.', '1'),
  wrongFormula('reversed', 'The two cases are exchanged', 'The slope is 1 for x > 0 and 0 for x < 0.', '1 - step(x)'),
];

/** In place of ∂ŷ_j/∂a_k. */
export const softmaxJacobians: readonly FormulaMistake[] = [
  wrongFormula(
    'diagonal-only',
    'The derivative has its diagonal entries only',
    'Every output depends on every input of softmax: for j ≠ k the derivative is not zero.',
    'delta_jk * yhat_j * (1 - yhat_j)',
  ),
  wrongFormula(
    'sign',
    'The sign is turned round',
    'Raising a_j raises ŷ_j: for j = k the derivative is positive.',
    'yhat_j * (yhat_k - delta_jk)',
  ),
  wrongFormula(
    'off-diagonal-zero-delta',
    'The Kronecker delta is missing',
    'Treat j = k and j ≠ k separately; the delta joins the two cases.',
    'yhat_j * (1 - yhat_k)',
  ),
  wrongFormula(
    'no-product',
    'The factor ŷ_j is missing',
    'The quotient rule leaves ŷ_j in front of the bracket.',
    'delta_jk - yhat_k',
  ),
  wrongFormula(
    'off-diagonal-plus',
    'The entries with j ≠ k have the wrong sign',
    'Raising a_k lowers every other output.',
    'yhat_j * (delta_jk + yhat_k)',
  ),
];
