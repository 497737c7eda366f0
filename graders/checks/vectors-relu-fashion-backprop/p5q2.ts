/** Problem 5, Question 2: the forward pass of a sample and of a data set. 5 marks. */
import type { Check } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { module, sampleProblem, scoreProblem } from './p5q2-problems.ts';
import { inPlainNumbers } from './plain.ts';

const asks = 'Networks of two and three layers with random biases, small and large weights.';

export const checks: Check[] = [
  {
    id: 'p5q2.loss',
    task: 'P5.Q2',
    title: 'feedForwardSample gives the cross-entropy of a sample',
    asks,
    points: 2,
    problems: [sampleProblem],
    run: (desk) =>
      inPlainNumbers(desk, module, async () => judgeTensor(await evaluate(desk, sampleProblem), 'loss', 'The loss')),
  },
  {
    id: 'p5q2.guess',
    task: 'P5.Q2',
    title: 'feedForwardSample guesses the most likely class',
    asks,
    points: 1,
    problems: [sampleProblem],
    run: (desk) =>
      inPlainNumbers(desk, module, async () => judgeTensor(await evaluate(desk, sampleProblem), 'guess', 'The guess')),
  },
  {
    id: 'p5q2.average',
    task: 'P5.Q2',
    title: 'feedForwardDataset gives the mean loss',
    asks: 'feedForwardDataset on 23 and 17 samples.',
    points: 1,
    problems: [scoreProblem],
    run: (desk) =>
      inPlainNumbers(desk, module, async () =>
        judgeTensor(await evaluate(desk, scoreProblem), 'averageLoss', 'The mean loss'),
      ),
  },
  {
    id: 'p5q2.correct',
    task: 'P5.Q2',
    title: 'feedForwardDataset counts the right guesses, and all samples',
    asks: 'feedForwardDataset on 23 and 17 samples.',
    points: 1,
    problems: [scoreProblem],
    run: (desk) =>
      inPlainNumbers(desk, module, async () => {
        const evaluation = await evaluate(desk, scoreProblem);
        const total = judgeTensor(evaluation, 'total', 'The number of samples');
        return total.earned < 1 ? total : judgeTensor(evaluation, 'correct', 'The number of right guesses');
      }),
  },
];
