/**
 * Problem 5, Question 4: training for a few epochs. 3 marks.
 *
 * Asked   `trainOneEpoch(net, X, Y, lr)`, which changes the network that it gets; and `testAndTrain(net, train, test, epochs,
 *         lr)`, which trains for so many epochs and returns the scores { averageLoss, correct } of the test samples before the
 *         training and after every epoch (the first one may be left out). Both in plain numbers. net is the network of P5.Q3,
 *         X a list of rows, Y their class numbers; train and test are { X, Y }; averageLoss is the mean of −ln p_y, correct
 *         the number of samples whose largest p stands at their class.
 * Right   for every sample (x, y), in the order of the data and at the weights that the sample before has left,
 *             W ← W − lr ∂ℓ/∂W,   b ← b − lr ∂ℓ/∂b,   where ℓ = −ln p_y is the cross-entropy of that one sample.
 *         Shuffled samples, batches and a mean gradient are something else. Compared is what the weights have moved, divided by
 *         lr, within 2·10⁻⁶ of its largest entry (wider where weights come back in single precision). A score is right if
 *         `correct` is exact and averageLoss within 10⁻⁵ of it (2·10⁻⁶ in the short trainings; infinite where p_y
 *         underflows). Of the long training the weights may be any that recognise `goal` of its test images.
 *         Right as well is what wrong earlier parts lead to: an epoch that loops over one's own trainOneSample (its mistakes
 *         are paid for in P5.Q3), and in the short trainings one's own trainOneEpoch, epoch after epoch; scores by one's own
 *         feedForwardDataset (P5.Q2).
 * Wrong   known slips are named: of an epoch one step for several samples, another order, samples left out (all:
 *         graders/mistakes/training/epoch-of-samples.ts); of a training a wrong number of epochs, training on the test
 *         samples, scores a step late (scored-run.ts beside it). A name changes no mark.
 * Costs   the epoch 1.5, lost when any weight or bias ends elsewhere.
 *         The scores 0.5, lost when one of them is wrong: in the short trainings each is compared; in the long one only the
 *         first, of the untrained network, where it is given, and the last, of the network that the training leaves.
 *         testAndTrain 1, lost when a short training leaves any other weight, or the long one misses its `goal`. Two are
 *         spared: who loops over a trainOneSample that is wrong need not reach the goal (an epoch that is wrong by itself, and
 *         therefore learns nothing, loses both, 2.5 in all); and weights that are right for another number of epochs than
 *         asked are counted as right, since the scores, too many or too few, have cost their 0.5.
 *         A tensor library imported in place of plain numbers costs all.
 */
import type { Check } from '../../check.ts';
import { evaluate } from '../../evaluate.ts';
import { judgeEpoch, sampleEpoch } from '../../kinds/sample-epoch.ts';
import { judgeHistory, judgeLearning, worstScore, worstWeights } from '../../kinds/tested-training-judge.ts';
import { testedTraining } from '../../kinds/tested-training.ts';
import { forward } from './p5q2.ts';
import { oneSample } from './p5q3.ts';
import { inPlainNumbers } from './plain.ts';

const here = { task: 'P5.Q4', unit: 'p5q4', layers: 3 };

const epoch = sampleEpoch({
  ...here,
  name: 'trainOneEpoch',
  step: oneSample,
  samples: 9,
  networks: { a: { sizes: [7, 5, 6, 4], lr: 0.4 }, b: { sizes: [6, 8, 5, 3], lr: 0.25 } },
});

/**
 * Over 20 seeds of the first weights the model solution recognises 0.795 to 0.94 of the test images of the long training after
 * three epochs with this learning rate, and 0.075 to 0.115 before. 14×14 pixels are a quarter of the sheet's, and as easy to
 * tell apart.
 */
const long = {
  images: { train: 400, test: 200 },
  side: 14,
  hidden: [32, 32],
  firstWeights: 80085,
  epochs: 3,
  lr: 0.2,
  goal: 0.6,
};

const training = testedTraining({
  ...here,
  name: 'testAndTrain',
  epoch,
  forward,
  short: [
    { sizes: [7, 5, 6, 4], train: 8, test: 7, epochs: 2, lr: 0.4375 },
    { sizes: [6, 8, 5, 3], train: 6, test: 5, epochs: 4, lr: 0.3125 },
  ],
  long,
});

export const checks: Check[] = [
  {
    id: 'p5q4.epoch',
    costly: true,
    task: 'P5.Q4',
    title: 'trainOneEpoch takes one step for every sample, in their order',
    asks: 'trainOneEpoch on nine samples and two networks.',
    points: 1.5,
    problems: [epoch.problem],
    run: (context) => inPlainNumbers(context, 'p5q4', () => judgeEpoch(context, epoch)),
  },
  {
    id: 'p5q4.history',
    costly: true,
    problems: [training.problem],
    task: 'P5.Q4',
    title: 'testAndTrain reports the score before the training and after every epoch',
    asks: `${long.epochs} epochs on 400 images that look like digits, tested on 200, and short trainings of a few samples; their scores are recomputed.`,
    points: 0.5,
    run: (context) => inPlainNumbers(context, 'p5q4', () => judgeHistory(context, training)),
    judgeProblems: async (context) => worstScore(training, await evaluate(context, training.problem)),
  },
  {
    id: 'p5q4.learns',
    costly: true,
    problems: [training.problem],
    task: 'P5.Q4',
    title: `testAndTrain trains on the training samples alone, as asked, and then recognises ${100 * long.goal} % of the test images`,
    asks: `${long.epochs} epochs on 400 images that look like digits, learning rate ${long.lr}, pixels from 0 to 1; and short trainings of a few samples, compared weight by weight.`,
    points: 1,
    run: (context) => inPlainNumbers(context, 'p5q4', () => judgeLearning(context, training)),
    judgeProblems: async (context) => worstWeights(training, await evaluate(context, training.problem)),
  },
];
