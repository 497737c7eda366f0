/** Question 1.2f: the rectifier, its derivative, and a check by finite differences. 2 marks; 1.2g needs both activations on a line. */
import { relu, reluPrime } from '../../../reference/oracles/activations.ts';
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Random } from '../../numerics/random.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { differenceProblem, judgeDifference } from './differences.ts';
import { elementwiseProblem, everywhere, judgeElementwise, judgeSlope } from './elementwise.ts';
import { ownArray } from './own-answers.ts';
import { sigmoidGradProblem, sigmoidProblem } from './q1-2b.ts';

const module = 'q1-2f.ts';

/** Both signs in turn, some beyond 6, where a rectifier may be cut off, and never near the kink at 0, where every slope from 0 to 1 is right. */
const drawInput = (random: Random, place: number) => [
  (place % 2 === 0 ? -1 : 1) * (place % 5 === 3 ? random.uniform(7, 12) : random.uniform(0.3, 5)),
];

export const reluProblem = elementwiseProblem({
  id: '1.2f.relu',
  title: 'The rectifier',
  module,
  name: 'relu',
  draw: drawInput,
  truth: relu,
  mistakes: [
    everywhere('absolute', '|x|', 'Negative numbers become 0, not positive.', Math.abs),
    everywhere('identity', 'x itself', 'Negative numbers become 0.', (x) => x),
    everywhere('minimum', 'min(x, 0)', 'Take the larger of x and 0.', (x) => Math.min(x, 0)),
    everywhere('step', '1 and 0 instead of x and 0', 'For positive x the result is x, not 1.', (x) => (x > 0 ? 1 : 0)),
    everywhere(
      'leaky',
      'a slope of 0.01 on the left',
      'That is the leaky rectifier: here negative numbers become 0.',
      (x) => (x > 0 ? x : 0.01 * x),
    ),
    everywhere('capped', 'cut off at 1', 'Positive numbers stay as they are.', (x) => Math.min(1, Math.max(0, x))),
  ],
});

export const reluGradProblem = elementwiseProblem({
  id: '1.2f.reluGrad',
  title: 'The derivative of the rectifier',
  module,
  name: 'reluGrad',
  draw: drawInput,
  truth: reluPrime,
  mistakes: [
    everywhere('relu', 'relu itself', 'The slope of x is 1, not x.', relu),
    everywhere('sign', '−1 for negative x', 'Left of 0 relu is constant: its slope is 0.', Math.sign),
    everywhere('reversed', 'the two cases are exchanged', 'The slope is 1 for positive x and 0 for negative x.', (x) =>
      x > 0 ? 0 : 1,
    ),
    everywhere('one', '1 everywhere', 'Left of 0 relu is constant: its slope is 0.', () => 1),
    everywhere('leaky', 'a slope of 0.01 on the left', 'Left of 0 relu is constant: its slope is 0.', (x) =>
      x > 0 ? 1 : 0.01,
    ),
  ],
});

export const reluDifference = differenceProblem({
  id: '1.2f.difference',
  title: 'The difference quotient of the rectifier',
  module,
  name: 'reluGradNumerical',
  curve: relu,
  derivative: reluPrime,
  // So near to the kink that a step reaches over it: there the quotients differ. Elsewhere they agree.
  draw: (random) => ({ x: (random.next() < 0.5 ? -1 : 1) * random.uniform(0.02, 0.2) }),
  epsilons: [0.5, 0.6, 0.001],
});

export const checks: Check[] = [
  {
    id: '1.2f.relu',
    task: '1.2f',
    title: 'relu is max(x, 0) of every number',
    asks: 'relu of a number, a vector and two matrices, and whether the argument is left as it was.',
    points: 0.75,
    problems: [reluProblem],
    run: (desk) => judgeElementwise(desk, reluProblem, { module, name: 'relu' }),
  },
  {
    id: '1.2f.reluGrad',
    task: '1.2f',
    title: 'reluGrad is 1 for positive and 0 for negative numbers',
    asks: 'reluGrad of a number, a vector and two matrices, away from 0.',
    points: 0.75,
    problems: [reluGradProblem],
    run: (desk) =>
      judgeSlope(
        desk,
        reluGradProblem,
        { module, name: 'reluGrad' },
        { problem: reluProblem, form: 'bent', task: '1.2f' },
      ),
  },
  {
    id: '1.2f.difference',
    task: '1.2f',
    title: 'reluGradNumerical is the central difference quotient',
    asks: 'reluGradNumerical near 0 with ε = 0.5, 0.6 and 0.001: a large step reaches over the kink and shows which quotient it is.',
    points: 0.5,
    problems: [reluDifference],
    run: (desk) =>
      judgeDifference(desk, reluDifference, 'reluGradNumerical', {
        problem: reluProblem,
        slope: reluGradProblem,
        name: 'relu',
        task: '1.2f',
      }),
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
