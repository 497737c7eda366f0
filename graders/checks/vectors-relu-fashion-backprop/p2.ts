/** Problem 2: least absolute deviations. 4 + 6 + 4 marks, 7 of them by a person. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { essays } from '../../kinds/essays.ts';
import { judgeSizes } from '../../kinds/matrix-sizes.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { l1LossProblem, l1SubgradProblem } from './p2-problems.ts';
import { inPlainNumbers } from './plain.ts';

export const checks: Check[] = [
  {
    id: 'p2a.loss',
    task: 'P2A',
    title: 'l1Loss is the sum of the absolute residuals',
    asks: 'l1Loss on 9×4, 7×3 and 11×6 random numbers.',
    points: 2.5,
    problems: [l1LossProblem],
    run: (context) =>
      inPlainNumbers(context, 'p2a', async () =>
        judgeTensor(await evaluate(context, l1LossProblem), 'loss', 'The loss'),
      ),
  },
  {
    id: 'p2a.sizes',
    task: 'P2A',
    title: 'The sizes of X, W and Y fit together',
    asks: '"l1Sizes" in answers.json.',
    points: 1.5,
    run: async (context) =>
      judgeSizes(context, {
        key: 'l1Sizes',
        right: { X: 'n×d', W: 'd×1', Y: 'n×1' },
        hint: 'The product XW has to have the size of Y: one row for each of the n examples.',
      }),
  },
  {
    id: 'p2b.gradient',
    task: 'P2B',
    title: 'l1Subgrad is the gradient where no residual is 0',
    asks: 'l1Subgrad on 9×4, 7×3 and 11×6 random numbers, all residuals larger than 0.05.',
    points: 3,
    problems: [l1SubgradProblem],
    run: (context) => inPlainNumbers(context, 'p2b', () => judgeGradient(context)),
  },
  ...essays([
    ['p2b.argument', 'P2B', 3, 'Why there is no closed form'],
    ['p2c.essay', 'P2C', 4, 'Another way to the minimum'],
  ]),
];

/** Of the 1-norm, or of the student's own wrong l1Loss as long as it has kinks. */
async function judgeGradient(context: CheckContext): Promise<Judgement> {
  const byOracle = judgeTensor(await evaluate(context, l1SubgradProblem), 'gradient', 'The gradient');
  return judgeBothSides(context, byOracle, {
    backward: l1SubgradProblem,
    forward: l1LossProblem,
    output: 'loss',
    form: 'bent',
    inputs: ({ w }) => ({ gradient: arrayOf(w) }),
    at: (data, { gradient }) => ({ ...data, w: [...gradient!.data] }),
    upstream: () => arrayOf(1),
    paidIn: 'P2A',
  });
}
