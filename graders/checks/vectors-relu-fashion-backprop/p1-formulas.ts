/** The formulas of Problems 1 and 3 B. */
import type { FormulaProblem } from '../../formula/problem.ts';
import { uniforms } from '../../formula/domains.ts';
import { secondDerivative, squaredDistances, squaredErrors, squaredNorm } from '../../mistakes/formulas/squares.ts';
import type { Random } from '../../numerics/random.ts';
import { asked } from './p1-formulas-question.ts';

/** 1 to 7 coordinates; i is one of them. */
export const gradNormSq: FormulaProblem = {
  ...asked.norm,
  truth: '2 * x_i',
  domain: (random) => {
    const d = [1, 3, 7][random.integer(3)]!;
    return { values: { x: uniforms(random, d) }, at: { i: random.integer(d) } };
  },
  mistakes: squaredNorm,
};

/** One coordinate of n points and of μ. */
const points = (random: Random) => {
  const n = 2 + random.integer(6);
  return { values: { x: uniforms(random, n, -3, 3), mu: random.uniform(-2, 2), n } };
};

export const gradMu: FormulaProblem = {
  ...asked.distances,
  truth: '-2 * sum(x_i - mu)',
  domain: points,
  mistakes: squaredDistances,
};

export const hessian: FormulaProblem = {
  ...asked.second,
  truth: '2 * n',
  domain: points,
  mistakes: secondDerivative,
};

export const gradL: FormulaProblem = {
  ...asked.errors,
  truth: '-2 * sum((y_i - f_i) * gradf_i)',
  domain: (random) => {
    const n = 2 + random.integer(6);
    const [y, f, gradf] = [uniforms(random, n), uniforms(random, n), uniforms(random, n)];
    return { values: { y, f, gradf, n } };
  },
  mistakes: squaredErrors,
};
