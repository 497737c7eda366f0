/** Questions 1.2l and m: a linear layer y_j = Σ_i x_i W_ij + b_j and a loss behind it. 1 mark each. */
import type { Check } from '../../check.ts';
import type { FormulaMistake, FormulaProblem } from '../../formula/problem.ts';
import { twoIndices, uniforms } from '../../formula/domains.ts';
import { judgeFormula } from '../../judge-formula.ts';
import type { Random } from '../../numerics/random.ts';

/** 3 inputs, 4 outputs: a formula with exchanged indices then reads other entries, or none. */
function layerPoint(random: Random) {
  const [N, M] = [3, 4];
  const [j, k] = twoIndices(random, M);
  return {
    values: {
      x: uniforms(random, N),
      W: Array.from({ length: N }, () => uniforms(random, M)),
      b: uniforms(random, M),
      g: uniforms(random, M),
    },
    at: { i: random.integer(N), j, k },
  };
}

const wrong = (id: string, title: string, advice: string, text: string): FormulaMistake => ({
  id,
  title,
  advice,
  text,
});

const outputs = { known: ['x_i', 'W_ij', 'b_j', 'delta_jk'], free: ['i', 'j', 'k'] };
// The delta is a function of the grammar: `sum(g_k delta_jk, k)` is a way to write g_j.
const gradients = { known: ['x_i', 'W_ij', 'b_j', 'g_j', 'delta_jk'], unoffered: ['delta_jk'] };

const noDelta = 'y_j does not depend on the weights and biases of another output k ≠ j: multiply by δ_jk.';

const problems: readonly (FormulaProblem & { title: string; points: number })[] = [
  {
    key: '1.2l.x',
    title: '∂y_j/∂x_i is right',
    points: 0.3,
    what: '∂y_j/∂x_i',
    names: { ...outputs, free: ['i', 'j'] },
    truth: 'W_ij',
    domain: layerPoint,
    mistakes: [
      wrong(
        'product',
        'The factor x_i was not differentiated away',
        'The derivative of x_i W_ij with respect to x_i is W_ij.',
        'x_i * W_ij',
      ),
      wrong(
        'row-sum',
        'All weights of the input are summed',
        'Only the term of output j is in y_j: no sum is left.',
        'sum(W_im, m)',
      ),
      wrong(
        'input',
        'This is the derivative with respect to the weight',
        'Differentiate with respect to x_i: its factor is W_ij.',
        'x_i',
      ),
    ],
  },
  {
    key: '1.2l.W',
    title: '∂y_j/∂W_ik is right for j = k and j ≠ k',
    points: 0.4,
    what: '∂y_j/∂W_ik',
    names: outputs,
    truth: 'delta_jk * x_i',
    domain: layerPoint,
    mistakes: [
      wrong('no-delta', 'The case j ≠ k is missing', noDelta, 'x_i'),
      wrong('delta-only', 'The factor x_i is missing', 'W_ij stands in y_j with the factor x_i.', 'delta_jk'),
      wrong(
        'weight',
        'This is the derivative with respect to the input',
        'Differentiate with respect to the weight: its factor is x_i.',
        'delta_jk * W_ij',
      ),
    ],
  },
  {
    key: '1.2l.b',
    title: '∂y_j/∂b_k is right for j = k and j ≠ k',
    points: 0.3,
    what: '∂y_j/∂b_k',
    names: { ...outputs, free: ['j', 'k'] },
    truth: 'delta_jk',
    domain: layerPoint,
    mistakes: [
      wrong('no-delta', 'The case j ≠ k is missing', noDelta, '1'),
      wrong('bias', 'The bias itself is left', 'b_j has the factor 1.', 'delta_jk * b_j'),
    ],
  },
  {
    key: '1.2m.x',
    title: '∂L/∂x_i is right',
    points: 0.3,
    what: '∂L/∂x_i',
    names: { ...gradients, free: ['i'] },
    truth: 'sum(g_j * W_ij, j)',
    domain: layerPoint,
    mistakes: [
      wrong(
        'no-weights',
        'The weights are missing',
        'Chain rule: multiply g_j by ∂y_j/∂x_i = W_ij, and sum over j.',
        'sum(g_j, j)',
      ),
      wrong(
        'no-gradient',
        'The gradient g is missing',
        'Chain rule: multiply ∂y_j/∂x_i by g_j = ∂L/∂y_j, and sum over j.',
        'sum(W_ij, j)',
      ),
      wrong(
        'mean',
        'A mean instead of a sum',
        'The chain rule adds the contributions of all outputs.',
        'mean(g_j * W_ij, j)',
      ),
      wrong(
        'times-x',
        'x_i is multiplied on top',
        'The derivative with respect to x_i does not hold x_i any more.',
        'x_i * sum(g_j * W_ij, j)',
      ),
    ],
  },
  {
    key: '1.2m.W',
    title: '∂L/∂W_ij is right',
    points: 0.4,
    what: '∂L/∂W_ij',
    names: { ...gradients, free: ['i', 'j'] },
    truth: 'x_i * g_j',
    domain: layerPoint,
    mistakes: [
      wrong('no-gradient', 'The gradient g is missing', 'Chain rule: multiply ∂y_j/∂W_ij = x_i by g_j.', 'x_i'),
      wrong('no-input', 'The input is missing', 'Chain rule: multiply g_j by ∂y_j/∂W_ij = x_i.', 'g_j'),
      wrong('weights', 'The weight stands where the input should', '∂y_j/∂W_ij is x_i.', 'W_ij * g_j'),
      wrong(
        'summed',
        'A sum over the outputs is left',
        'W_ij acts on y_j alone: only g_j counts.',
        'x_i * sum(g_m, m)',
      ),
    ],
  },
  {
    key: '1.2m.b',
    title: '∂L/∂b_j is right',
    points: 0.3,
    what: '∂L/∂b_j',
    names: { ...gradients, free: ['j'] },
    truth: 'g_j',
    domain: layerPoint,
    mistakes: [
      wrong('one', 'The gradient g is missing', 'Chain rule: multiply ∂y_j/∂b_j = 1 by g_j.', '1'),
      wrong('summed', 'A sum over the outputs is left', 'b_j acts on y_j alone: only g_j counts.', 'sum(g_m, m)'),
      wrong('bias', 'The bias is multiplied on top', '∂y_j/∂b_j is 1.', 'b_j * g_j'),
    ],
  },
];

export const checks: Check[] = problems.map(({ title, points, ...problem }) => ({
  id: problem.key,
  task: problem.key.slice(0, 4),
  title,
  asks: `"${problem.key}" in answers.json.`,
  points,
  formulas: [problem],
  run: async (desk) => judgeFormula(desk, problem),
}));
