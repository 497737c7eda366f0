/** Question 1.2f: the rectifier, its derivative, and a check by finite differences. 2 marks; 1.2g needs both activations on a line. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { judgeDifference } from './differences.ts';
import { judgeElementwise, judgeSlope } from './elementwise.ts';
import { judgeGradAtKink } from './kink.ts';
import { ownArray } from './own-answers.ts';
import { sigmoidGradProblem, sigmoidProblem } from './q1-2b.ts';
import { module, reluDifference, reluGradProblem, reluProblem } from './relu-problems.ts';

export const checks: Check[] = [
  {
    id: '1.2f.relu',
    task: '1.2f',
    title: 'relu is max(x, 0) of every number',
    asks: 'relu of a number, vectors and matrices, 0 among the numbers, and whether the argument is left as it was.',
    points: 0.75,
    problems: [reluProblem],
    run: (desk) => judgeElementwise(desk, reluProblem, { module, name: 'relu' }),
  },
  {
    id: '1.2f.reluGrad',
    task: '1.2f',
    title: 'reluGrad is 1 for positive and 0 for negative numbers',
    asks: 'reluGrad of a number, vectors and matrices away from 0; and that it is a number from 0 to 1 at 0.',
    points: 0.75,
    problems: [reluGradProblem],
    run: async (desk) => {
      const own = { problem: reluProblem, form: 'bent', task: '1.2f' } as const;
      return judgeGradAtKink(desk, await judgeSlope(desk, reluGradProblem, { module, name: 'reluGrad' }, own));
    },
  },
  {
    id: '1.2f.difference',
    task: '1.2f',
    title: 'reluGradNumerical is the central difference quotient',
    asks: 'reluGradNumerical near 0 with ε = 0.5, 0.6 and 0.01: a large step reaches over the kink and shows which quotient it is.',
    points: 0.5,
    problems: [reluDifference],
    run: (desk) =>
      judgeDifference(
        desk,
        reluDifference,
        { module, name: 'reluGradNumerical' },
        {
          problem: reluProblem,
          slope: reluGradProblem,
          name: 'relu',
          task: '1.2f',
        },
      ),
  },
  {
    id: '1.2g.line',
    task: '1.2g',
    title: 'Both activations and both derivatives can be plotted over [−10, 10]',
    asks: 'All four functions on 201 points. No marks.',
    points: 0,
    run: judgeLine,
  },
];

async function judgeLine(desk: Desk): Promise<Judgement> {
  const line = arrayOf(Array.from({ length: 201 }, (_, i) => (i - 100) / 10));
  for (const problem of [sigmoidProblem, sigmoidGradProblem, reluProblem, reluGradProblem]) {
    if (!(await ownArray(desk, problem, [line]))?.data.every(Number.isFinite)) {
      return fail({ says: `${problem.title} does not come as 201 finite numbers for 201 points.` });
    }
  }
  return pass();
}
