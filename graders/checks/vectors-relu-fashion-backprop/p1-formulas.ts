/** The formulas of Problems 1 and 3 B. */
import type { FormulaProblem } from '../../formula/problem.ts';
import { uniforms } from '../../formula/domains.ts';

/** 1 to 7 coordinates; i is one of them. */
export const gradNormSq: FormulaProblem = {
  key: 'gradNormSq',
  what: '∂‖x‖²/∂x_i',
  names: { known: ['x_i', 'x_k'], free: ['i'] },
  truth: '2 * x_i',
  domain: (random) => {
    const d = [1, 3, 7][random.integer(3)]!;
    return { values: { x: uniforms(random, d) }, at: { i: random.integer(d) } };
  },
  mistakes: [
    { id: 'no-two', title: 'The factor 2 is missing', advice: 'The derivative of x_i² is 2x_i.', text: 'x_i' },
    {
      id: 'length',
      title: 'This is a number, the same for every i',
      advice: 'A gradient has one entry for every coordinate: differentiate with respect to x_i, not to ‖x‖.',
      text: '2 * sqrt(sum(x_k^2))',
    },
    {
      id: 'function-itself',
      title: 'This is twice the function, 2xᵀx',
      advice: 'Differentiate the sum Σ x_k² with respect to one x_i: only one term depends on it.',
      text: '2 * sum(x_k^2)',
    },
    {
      id: 'no-square',
      title: 'This is the gradient of ‖x‖, not of ‖x‖²',
      advice: 'The square removes the root: there is nothing to divide by.',
      text: 'x_i / sqrt(sum(x_k^2))',
    },
    {
      id: 'sum-of-all',
      title: 'The entries are added up',
      advice: 'A gradient is not summed: its entry i is the derivative with respect to x_i.',
      text: '2 * sum(x_k)',
    },
    {
      id: 'still-squared',
      title: 'The square is still there',
      advice: 'Differentiating lowers the power.',
      text: '2 * x_i^2',
    },
    { id: 'sign', title: 'The sign is turned round', advice: '‖x‖² grows when x moves outwards.', text: '-2 * x_i' },
    {
      id: 'magnitude',
      title: 'The sign of x_i is lost',
      advice: 'For negative x_i the slope is negative.',
      text: '2 * abs(x_i)',
    },
  ],
};

/** One coordinate of n points and of μ. */
export const gradMu: FormulaProblem = {
  key: 'gradMu',
  what: '∂/∂μ Σ_i (x_i − μ)²',
  names: { known: ['x_i', 'mu', 'n'] },
  truth: '-2 * sum(x_i - mu)',
  domain: (random) => {
    const n = 2 + random.integer(6);
    return { values: { x: uniforms(random, n, -3, 3), mu: random.uniform(-2, 2), n } };
  },
  mistakes: [
    {
      id: 'sign',
      title: 'The sign is turned round',
      advice: 'The inner derivative of x_i − μ with respect to μ is −1.',
      text: '2 * sum(x_i - mu)',
    },
    {
      id: 'no-two',
      title: 'The factor 2 is missing',
      advice: 'The derivative of a square has a factor 2.',
      text: '-sum(x_i - mu)',
    },
    {
      id: 'both',
      title: 'The factor −2 is missing',
      advice: 'Chain rule: 2 from the square, −1 from the bracket.',
      text: 'sum(x_i - mu)',
    },
    {
      id: 'mean',
      title: 'The sum is divided by n',
      advice: 'The function is a sum, so its derivative is a sum.',
      text: '-2 * sum(x_i - mu) / n',
    },
    {
      id: 'mu-once',
      title: 'μ is subtracted once instead of n times',
      advice: 'Σ (x_i − μ) = Σ x_i − nμ: the constant is added n times.',
      text: '-2 * (sum(x_i) - mu)',
    },
    {
      id: 'square-stays',
      title: 'The square is still there',
      advice: 'Differentiating lowers the power.',
      text: '-2 * sum((x_i - mu)^2)',
    },
    {
      id: 'median',
      title: 'This is the derivative of Σ |x_i − μ|, up to a factor',
      advice: 'The distances are squared here: the derivative is linear in x_i − μ.',
      text: '-sum(sign(x_i - mu))',
    },
  ],
};

export const hessian: FormulaProblem = {
  key: 'hessian',
  what: 'the second derivative with respect to μ',
  names: { known: ['n', 'x_i', 'mu'] },
  truth: '2 * n',
  domain: (random) => {
    const n = 2 + random.integer(6);
    return { values: { x: uniforms(random, n, -3, 3), mu: random.uniform(-2, 2), n } };
  },
  mistakes: [
    {
      id: 'no-n',
      title: 'The sum over the points is missing',
      advice: 'Each of the n terms contributes 2.',
      text: '2',
    },
    {
      id: 'no-two',
      title: 'The factor 2 is missing',
      advice: 'Differentiate −2 Σ (x_i − μ) with respect to μ.',
      text: 'n',
    },
    {
      id: 'sign',
      title: 'The sign is turned round',
      advice: '−2 times −1 is positive: that is why the mean is a minimum.',
      text: '-2 * n',
    },
    { id: 'square', title: 'n is squared', advice: 'The n terms are added: 2 + 2 + … = 2n.', text: '2 * n^2' },
  ],
};

/** One parameter; gradf_i is the derivative of f(x_i). */
export const gradL: FormulaProblem = {
  key: 'gradL',
  what: '∇L(θ)',
  names: { known: ['y_i', 'f_i', 'gradf_i', 'n'] },
  truth: '-2 * sum((y_i - f_i) * gradf_i)',
  domain: (random) => {
    const n = 2 + random.integer(6);
    const [y, f, gradf] = [uniforms(random, n), uniforms(random, n), uniforms(random, n)];
    return { values: { y, f, gradf, n } };
  },
  mistakes: [
    {
      id: 'sign',
      title: 'The sign is turned round',
      advice: 'The inner derivative of y_i − f_i is −∇f_i.',
      text: '2 * sum((y_i - f_i) * gradf_i)',
    },
    {
      id: 'no-two',
      title: 'The factor 2 is missing',
      advice: 'A square has the derivative 2(…).',
      text: '-sum((y_i - f_i) * gradf_i)',
    },
    {
      id: 'no-inner',
      title: 'The gradient of f is missing',
      advice: 'Chain rule: multiply every term by the inner derivative −∇f_i.',
      text: '-2 * sum(y_i - f_i)',
    },
    {
      id: 'product-of-sums',
      title: 'Errors and gradients are summed apart',
      advice: 'Multiply every error by its own gradient first, then add.',
      text: '-2 * sum(y_i - f_i) * sum(gradf_i)',
    },
    {
      id: 'mean',
      title: 'The sum is divided by n',
      advice: 'L is a sum here; its gradient is one too.',
      text: '-2 * sum((y_i - f_i) * gradf_i) / n',
    },
    {
      id: 'square-stays',
      title: 'The square is still there',
      advice: 'Differentiating lowers the power: the error stands once.',
      text: '-2 * sum((y_i - f_i)^2 * gradf_i)',
    },
    {
      id: 'no-target',
      title: 'The target is missing',
      advice: 'y_i is constant, but it stays in the error y_i − f_i.',
      text: '2 * sum(f_i * gradf_i)',
    },
  ],
};
