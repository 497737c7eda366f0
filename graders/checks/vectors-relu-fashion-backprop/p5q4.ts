/**
 * Problem 5, Question 4: training for a few epochs. 3 marks.
 *
 * Asked   `trainOneEpoch(net, X, Y, lr)`, which changes the network that it gets (what it returns does not count); and
 *         `testAndTrain(net, train, test, epochs, lr)`, which trains that network for so many epochs and returns the scores
 *         { averageLoss, correct } of the test samples before the training and after every epoch (the first one may be left
 *         out). Both in plain numbers. net is that of P5.Q3, { weights, biases } of two sigmoid layers below a softmax p; X a
 *         list of rows, Y their class numbers; train and test are { X, Y }; averageLoss is the mean of −ln p_y, correct the
 *         number of samples whose largest p stands at their class.
 * Probes  an epoch of nine samples on two networks; three short trainings of five to eight samples, 2 or 4 epochs, of which one
 *         begins with all test samples recognised; and one long
 *         training, 4 epochs of 400 images drawn to look like digits, tested on 100 others.
 * Right   for every sample (x, y), in the order of the data and at the weights that the sample before has left,
 *             W ← W − lr ∂ℓ/∂W,   b ← b − lr ∂ℓ/∂b,   where ℓ = −ln p_y is the cross-entropy of that one sample.
 *         Shuffled samples, batches and a mean gradient are something else.
 *           weights   of the epoch and of the short trainings: what each W and b has moved, divided by lr, within 2·10⁻⁵ of its
 *                     own largest entry, and where it comes back in single precision also what that rounding makes of it; of
 *                     the long training any weights that recognise at least `goal` of its test images
 *           scores    `correct` exact, averageLoss within 10⁻⁵ of itself in the long training, 2·10⁻⁵ in the short ones
 *                     (and half a unit of the last decimal where it comes with two to eight of them);
 *                     Infinity is right as well where p_y is 0 in double precision
 * Wrong   known slips get their names in what the student reads, which changes no mark: of an epoch one step for several
 *         samples, another order, samples left out (graders/mistakes/training/epoch-of-samples.ts); of a training a wrong
 *         number of epochs, training on the test samples, scores a step late (graders/mistakes/training/scored-run.ts).
 * Costs   each line is earned whole or not at all:
 *           1.5  the epoch: every W and b of both networks is right
 *           0.5  the scores: every one of the short trainings; of the long one their number, the first where it is given, and
 *                the last
 *           1    testAndTrain: every W and b after the short trainings is right, and the long training reaches `goal`
 *         What is paid for once is not paid for again. Where an earlier part of the student's is wrong, right is what it
 *         leads to: the grader calls that part itself, in the right loop, and compares with what comes out:
 *           a wrong trainOneSample (P5.Q3)          the epoch that loops over it is right, and need not reach `goal`
 *           a wrong trainOneEpoch (1.5)             the short trainings that loop over it are right; `goal` must be reached
 *           a wrong training (1)                    scores are right if they are those of the networks that it leaves
 *           a wrong feedForwardDataset (P5.Q2)      scores are right if they are what it gives
 *           another number of epochs                costs the 0.5 of the scores alone, if `goal` is reached
 *         So an epoch that is wrong by itself costs 1.5 where it still learns and 2.5 where it does not, and training on the
 *         test samples costs 1. A testAndTrain with a right loop of its own is right whatever trainOneEpoch does.
 *         A tensor library imported in place of plain numbers costs all 3.
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
  networks: { a: { sizes: [7, 5, 6, 10], lr: 0.4 }, b: { sizes: [6, 8, 5, 10], lr: 0.25 } },
});

/**
 * Over 20 seeds of the first weights a right program recognises 0.79 to 0.94 of the test images of the long training after
 * four epochs with this learning rate, and 0.05 to 0.13 before. 10×10 pixels are an eighth of the sheet's, and as easy to
 * tell apart.
 */
const long = {
  images: { train: 400, test: 100 },
  side: 10,
  hidden: [24, 24],
  firstWeights: 80085,
  epochs: 4,
  lr: 0.2,
  goal: 0.6,
};

const training = testedTraining({
  ...here,
  name: 'testAndTrain',
  epoch,
  forward,
  short: [
    { sizes: [7, 5, 6, 10], train: 8, test: 7, epochs: 2, lr: 0.4375 },
    { sizes: [6, 8, 5, 10], train: 6, test: 5, epochs: 4, lr: 0.3125 },
    { sizes: [5, 6, 4, 10], train: 5, test: 2, epochs: 2, lr: 0.25, recognised: true },
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
    asks: `${long.epochs} epochs on ${long.images.train} images that look like digits, tested on ${long.images.test}, and short trainings of a few samples; their scores are recomputed.`,
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
    asks: `${long.epochs} epochs on ${long.images.train} images that look like digits, learning rate ${long.lr}, pixels from 0 to 1; and short trainings of a few samples, compared weight by weight.`,
    points: 1,
    run: (context) => inPlainNumbers(context, 'p5q4', () => judgeLearning(context, training)),
    judgeProblems: async (context) => worstWeights(training, await evaluate(context, training.problem)),
  },
];
