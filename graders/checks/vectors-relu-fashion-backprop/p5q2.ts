/** Problem 5, Question 2: the forward pass of a sample and of a data set. 5 marks. */
import type { Check, Judgement } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { Problem } from '../../problem.ts';
import { sampleProblem, scoreProblem } from './p5q2-key.ts';
import type { ForwardProbe } from './p5q2-question.ts';
import { inPlainNumbers } from './plain.ts';

const samples = {
  problem: sampleProblem,
  asks: 'Networks of two and three layers with random biases, small and large weights.',
};
const dataSets = { problem: scoreProblem, asks: 'feedForwardDataset on 23 and 17 samples.' };

const check = (
  id: string,
  points: number,
  title: string,
  { problem, asks }: { problem: Problem<ForwardProbe>; asks: string },
  judge: (evaluation: Evaluation) => Judgement,
): Check => ({
  id: `p5q2.${id}`,
  task: 'P5.Q2',
  title,
  asks,
  points,
  problems: [problem],
  run: (context) => inPlainNumbers(context, 'p5q2', async () => judge(await evaluate(context, problem))),
});

export const checks: Check[] = [
  check('loss', 2, 'feedForwardSample gives the cross-entropy of a sample', samples, (told) =>
    judgeTensor(told, 'loss', 'The loss'),
  ),
  check('guess', 1, 'feedForwardSample guesses the most likely class', samples, (told) =>
    judgeTensor(told, 'guess', 'The guess'),
  ),
  check('average', 1, 'feedForwardDataset gives the mean loss', dataSets, (told) =>
    judgeTensor(told, 'averageLoss', 'The mean loss'),
  ),
  check('correct', 1, 'feedForwardDataset counts the right guesses, and all samples', dataSets, (told) => {
    const total = judgeTensor(told, 'total', 'The number of samples');
    return total.earned < 1 ? total : judgeTensor(told, 'correct', 'The number of right guesses');
  }),
];
