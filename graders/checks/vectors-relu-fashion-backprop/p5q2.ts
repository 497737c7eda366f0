/**
 * Problem 5, Question 2: the forward pass of a sample and of a data set. 5 marks.
 *
 *   asked   `feedForwardSample(net, x, y)` → { loss, guess } and `feedForwardDataset(net, X, Y)` → { averageLoss, correct,
 *           total }, in plain numbers
 *   right   aˡ = σ(aˡ⁻¹Wˡ + bˡ) from a⁰ = x on, p = softmax of the last layer; the loss is −ln p_y, the guess the class with
 *           the largest p (graders/mistakes/mlp/scores.ts); of a mean loss that is printed with two to eight decimals, half a
 *           unit of the last one is left open (graders/kinds/printed-digits.ts)
 *   costs   loss 2, guess 1, mean loss 1, right guesses and samples together 1. A library in place of plain numbers costs all
 */
import type { Check, Judgement } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { ForwardProbe } from '../../kinds/sample-scores-question.ts';
import { sampleScores } from '../../kinds/sample-scores.ts';
import {
  anUnlikelyRightGuess,
  aRightGuess,
  aWrongGuess,
  firstClassMissed,
  firstClassRight,
  labelAbove,
  labelBelow,
  lastClassMissed,
  lastClassRight,
} from '../../kinds/sample-visits.ts';
import type { Problem } from '../../problem.ts';
import { inPlainNumbers } from './plain.ts';

const branches = [
  aRightGuess,
  aWrongGuess,
  firstClassRight,
  lastClassRight,
  firstClassMissed,
  lastClassMissed,
  labelBelow(3e-4),
  labelAbove(0.9),
];

export const forward = sampleScores({
  task: 'P5.Q2',
  unit: 'p5q2',
  ofSample: 'feedForwardSample',
  ofDataset: 'feedForwardDataset',
  // Three layers and ten classes, as on the sheet: whoever writes them out is right.
  samples: [
    { draw: 'a', sizes: [7, 5, 6, 10], samples: 6, scale: 1, guess: 'first' },
    { draw: 'b', sizes: [9, 6, 8, 10], samples: 8, scale: 5, guess: 'last' },
    { draw: 'c', sizes: [6, 11, 5, 10], samples: 5, scale: 2, guess: 'first' },
  ],
  sampleVisits: branches,
  datasets: [
    { draw: 'd', sizes: [7, 5, 6, 10], samples: 23, scale: 3, guess: 'last' },
    { draw: 'e', sizes: [6, 9, 7, 10], samples: 17, scale: 5, guess: 'first' },
    // Nothing is likely here: right guesses have probabilities below a half.
    { draw: 'f', sizes: [5, 6, 8, 10], samples: 13, scale: 0.7, guess: 'first' },
  ],
  datasetVisits: [...branches, anUnlikelyRightGuess],
});

const samples = {
  problem: forward.sample,
  asks: 'Networks of three layers with random biases, small and large weights.',
};
const dataSets = { problem: forward.dataset, asks: 'feedForwardDataset on 23 and 17 samples.' };

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
