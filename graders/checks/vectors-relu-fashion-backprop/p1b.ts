/** Problem 1: the gradient of the squared norm, and the constant nearest to a set of points. 4 + 6 marks. */
import { bestConstant } from '../../../reference/oracles/means.ts';
import type { Check } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { FormulaProblem } from '../../formula/problem.ts';
import { withTwins } from '../../kinds/drawn-rows.ts';
import { formulaChecks } from '../../kinds/formulas.ts';
import { meanVectors } from '../../mistakes/mean-vector.ts';
import { madeOf } from '../../mistakes/wrong-function.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import type { Problem } from '../../problem.ts';
import { gradMu, gradNormSq, hessian } from './p1-formulas.ts';
import type { Points } from './p1b-question.ts';
import { bestConstantQuestion } from './p1b-question.ts';
import { inPlainNumbers } from './plain.ts';

const sizes = [
  [5, 3],
  [7, 1],
  [4, 6],
  // Again, with other points, for whoever remembers results by size; and so many that some might be left out.
  [5, 3],
  [31, 2],
  // As many points as coordinates, two of the points equal; and few points.
  [3, 3],
  [3, 2],
] as const;

const bestConstantProblem: Problem<Points> = {
  ...bestConstantQuestion,
  band: plainNumbers,
  probes: (random) =>
    sizes.map(([n, d]) => {
      // Away from zero and skewed, so that mean, median and sum are far apart.
      const xs = Array.from({ length: n }, () => Array.from({ length: d }, () => 1 + random.normal(0, 1) ** 2 * 3));
      return { xs: n === d ? withTwins(xs) : xs };
    }),
  oracle: ({ xs }) => ({ mu: arrayOf(bestConstant(xs)) }),
  mistakes: madeOf(
    meanVectors,
    ({ xs }) => [arrayOf(xs)],
    (mu) => ({ mu }),
  ),
};

const row = (id: string, task: string, points: number, title: string, formula: FormulaProblem) => ({
  id,
  task,
  points,
  title,
  formula,
});

export const checks: Check[] = [
  ...formulaChecks([
    row('p1a.gradient', 'P1A', 4, 'The gradient of ‖x‖² is right in every coordinate', gradNormSq),
    row('p1b.gradient', 'P1B', 2, 'The derivative of the sum of squares with respect to μ is right', gradMu),
    row('p1b.hessian', 'P1B', 1, 'The second derivative is right, and positive', hessian),
  ]),
  {
    id: 'p1b.value',
    task: 'P1B',
    title: 'bestConstant returns the minimiser',
    asks: 'bestConstant on 3 to 31 points with 1 to 6 coordinates, on as many points as coordinates, and where two points are equal.',
    points: 3,
    problems: [bestConstantProblem],
    run: (context) =>
      inPlainNumbers(context, 'p1b', async () => judgeTensor(await evaluate(context, bestConstantProblem), 'mu', 'μ')),
  },
];
