/** Formulas that stand in place of the derivatives of a linear layer y_j = Σ_i x_i W_ij + b_j, and of a loss L behind it with g = ∂L/∂y. */
import type { FormulaMistake } from '../../formula/problem.ts';
import { wrongFormula } from '../../formula/problem.ts';

const noDelta = 'y_j does not depend on the weights and biases of another output k ≠ j: multiply by δ_jk.';

/** In place of ∂y_j/∂x_i. */
export const outputByInput: readonly FormulaMistake[] = [
  wrongFormula(
    'product',
    'The factor x_i was not differentiated away',
    'The derivative of x_i W_ij with respect to x_i is W_ij.',
    'x_i * W_ij',
  ),
  wrongFormula(
    'row-sum',
    'All weights of the input are summed',
    'Only the term of output j is in y_j: no sum is left.',
    'sum(W_im, m)',
  ),
  wrongFormula(
    'input',
    'This is the derivative with respect to the weight',
    'Differentiate with respect to x_i: its factor is W_ij.',
    'x_i',
  ),
];

/** In place of ∂y_j/∂W_ik. */
export const outputByWeight: readonly FormulaMistake[] = [
  wrongFormula('no-delta', 'The case j ≠ k is missing', noDelta, 'x_i'),
  wrongFormula('delta-only', 'The factor x_i is missing', 'W_ij stands in y_j with the factor x_i.', 'delta_jk'),
  wrongFormula(
    'weight',
    'This is the derivative with respect to the input',
    'Differentiate with respect to the weight: its factor is x_i.',
    'delta_jk * W_ij',
  ),
];

/** In place of ∂y_j/∂b_k. */
export const outputByBias: readonly FormulaMistake[] = [
  wrongFormula('no-delta', 'The case j ≠ k is missing', noDelta, '1'),
  wrongFormula('bias', 'The bias itself is left', 'b_j has the factor 1.', 'delta_jk * b_j'),
];

/** In place of ∂L/∂x_i. */
export const lossByInput: readonly FormulaMistake[] = [
  wrongFormula(
    'no-weights',
    'The weights are missing',
    'Chain rule: multiply g_j by ∂y_j/∂x_i = W_ij, and sum over j.',
    'sum(g_j, j)',
  ),
  wrongFormula(
    'no-gradient',
    'The gradient g is missing',
    'Chain rule: multiply ∂y_j/∂x_i by g_j = ∂L/∂y_j, and sum over j.',
    'sum(W_ij, j)',
  ),
  wrongFormula(
    'mean',
    'A mean instead of a sum',
    'The chain rule adds the contributions of all outputs.',
    'mean(g_j * W_ij, j)',
  ),
  wrongFormula(
    'times-x',
    'x_i is multiplied on top',
    'The derivative with respect to x_i does not hold x_i any more.',
    'x_i * sum(g_j * W_ij, j)',
  ),
];

/** In place of ∂L/∂W_ij. */
export const lossByWeight: readonly FormulaMistake[] = [
  wrongFormula('no-gradient', 'The gradient g is missing', 'Chain rule: multiply ∂y_j/∂W_ij = x_i by g_j.', 'x_i'),
  wrongFormula('no-input', 'The input is missing', 'Chain rule: multiply g_j by ∂y_j/∂W_ij = x_i.', 'g_j'),
  wrongFormula('weights', 'The weight stands where the input should', '∂y_j/∂W_ij is x_i.', 'W_ij * g_j'),
  wrongFormula(
    'summed',
    'A sum over the outputs is left',
    'W_ij acts on y_j alone: only g_j counts.',
    'x_i * sum(g_m, m)',
  ),
];

/** In place of ∂L/∂b_j. */
export const lossByBias: readonly FormulaMistake[] = [
  wrongFormula('one', 'The gradient g is missing', 'Chain rule: multiply ∂y_j/∂b_j = 1 by g_j.', '1'),
  wrongFormula('summed', 'A sum over the outputs is left', 'b_j acts on y_j alone: only g_j counts.', 'sum(g_m, m)'),
  wrongFormula('bias', 'The bias is multiplied on top', '∂y_j/∂b_j is 1.', 'b_j * g_j'),
];
