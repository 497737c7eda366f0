/** Question 3.6: training with mini-batches, and its curve. 10 marks, 1 by a person. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { manualCheck } from '../../manual.ts';
import type { Finding } from '../../model/finding.ts';
import { short } from '../../kinds/learner.ts';
import { reusesBatches } from '../../kinds/learner-batches.ts';
import { judgeLoop } from '../../kinds/learner-loop.ts';
import type { Outcome } from '../../kinds/learner-run.ts';
import { trainOnce } from '../../kinds/learner-run.ts';
import { judgeSeries } from '../../kinds/learner-series.ts';
import { training, withOwnParts } from './training-learner.ts';

const { epochs, minibatchSize } = training;

/*
 * 40 seeds of the model solution on data of this kind (500 training and 300 test images, 12 epochs, mini-batches of 25,
 * learning rate 1): the loss falls to 0.044–0.068 of what it was; test accuracy 0.966 ± 0.011, at least 0.947. The threshold
 * lies 7.5 standard deviations below. Loops that use the first mini-batch only, or one epoch only, end at 0.72–1.02 and
 * below 0.47.
 */
const lossRatio = 0.4;
const wantedAccuracy = 0.88;

const setting = `[64, 32, 10], 500 images, ${epochs} epochs, mini-batches of ${minibatchSize}; weights set by the grader.`;

export const checks: Check[] = [
  {
    id: '3.6.series',
    costly: true,
    task: '3.6',
    title: 'train returns the mean loss of every epoch',
    asks: `${setting} Every value is compared with the loss of your network shortly before and after its epoch.`,
    points: 2,
    run: (context) => judgeSeries(context, training, hasLearned, withOwnParts),
  },
  {
    id: '3.6.learns',
    costly: true,
    task: '3.6',
    title: `The loss falls below ${lossRatio} of what it was, with new mini-batches in every epoch`,
    asks: `${setting} Loss on the training images before and after, and whether every epoch has new mini-batches.`,
    points: 3,
    run: judgeLearning,
  },
  {
    id: '3.6.accuracy',
    costly: true,
    task: '3.6',
    title: `At least ${wantedAccuracy * 100} % of new images are recognised`,
    asks: `${setting} Predictions for 300 images that were not in the training.`,
    points: 3,
    run: (context) => judgeOutcome(context, accuracyGoal),
  },
  {
    id: '3.6.plot',
    task: '3.6',
    title: 'The plot has a series of losses, one for each epoch, and names its axes',
    asks: 'The series in plots/3-6.json.',
    points: 1,
    run: judgePlot,
  },
  manualCheck({ id: '3.6.look', task: '3.6', title: 'The plot is readable and explained', points: 1 }),
];

type Goal = (before: Outcome, after: Outcome) => Finding | undefined;

const hasLearned = (before: Outcome, after: Outcome) => after.trainLoss <= lossRatio * before.trainLoss;

const lossGoal: Goal = (before, after) =>
  hasLearned(before, after)
    ? undefined
    : {
        says: 'The network has not learned enough.',
        yours: `loss ${short(before.trainLoss)} before, ${short(after.trainLoss)} after training`,
        expected: `at most ${short(lossRatio * before.trainLoss)} after training`,
        hint: 'Every epoch should go through all mini-batches, and every mini-batch should update the network that was handed in.',
      };

const accuracyGoal: Goal = (_, after) =>
  after.testAccuracy >= wantedAccuracy
    ? undefined
    : {
        says: 'Too few new images are recognised.',
        yours: `${short(after.testAccuracy * 100)} %`,
        expected: `at least ${wantedAccuracy * 100} %`,
        hint: 'Every epoch should go through all mini-batches, and every mini-batch should update the network that was handed in.',
      };

/** A backward that cannot learn has lost its marks already: then the loop has to do the same as a loop of ours around it. */
async function judgeOutcome(context: CheckContext, goal: Goal): Promise<Judgement> {
  const { before, after, moved } = await trainOnce(context, training);
  const finding = goal(before, after);
  if (finding === undefined && moved) return pass();
  if (finding === undefined) {
    return fail({
      says: 'The predictions are better after training, but no weight of the network has changed.',
      hint: 'train should update the weights and biases of the layers of the network that it gets, with backward.',
    });
  }
  const own = await withOwnParts(context);
  const loop = await judgeLoop(context, training);
  if (own === undefined || loop.fault !== undefined || !loop.wentRound) return fail(finding);
  return pass({
    followThrough: `Your loop goes the same way as one of ours with your own parts; what is wrong comes from ${own.culprits}.`,
  });
}

/** A network that learns, by the loop that the sheet asks for; a third is for new mini-batches in every epoch. */
async function judgeLearning(context: CheckContext): Promise<Judgement> {
  const judgement = await judgeOutcome(context, lossGoal);
  if (judgement.earned < 1) return judgement;
  const { fault } = await judgeLoop(context, training);
  if (fault !== undefined) return fail(fault);
  if (!(await reusesBatches(context, training))) return judgement;
  return fail(
    {
      says: 'The network learns, but every epoch goes through the same mini-batches in the same order.',
      hint: 'Call minibatches inside of the loop over the epochs, so that every epoch shuffles anew.',
    },
    { earned: 2 / 3 },
  );
}

async function judgePlot(context: CheckContext): Promise<Judgement> {
  const plot = context.sidecar('plots/3-6.json') as {
    series?: { loss?: unknown };
    xLabel?: unknown;
    yLabel?: unknown;
  } | null;
  const loss = plot?.series?.loss;
  const shape = 'It holds { "xLabel": "epoch", "yLabel": "mean loss", "series": { "loss": [ … ] } }.';
  if (!Array.isArray(loss) || loss.length < 3 || !loss.every((v) => typeof v === 'number' && Number.isFinite(v))) {
    return fail({
      says: 'plots/3-6.json has no series `loss` with a number for each of at least three epochs.',
      hint: shape,
    });
  }
  if (![plot?.xLabel, plot?.yLabel].every((label) => typeof label === 'string' && label.trim() !== '')) {
    return fail({ says: 'The axes of plots/3-6.json have no labels.', hint: shape });
  }
  const [first, last] = [loss[0] as number, loss.at(-1) as number];
  if (last < first) return pass();
  return fail({
    says: 'The loss in plots/3-6.json does not fall.',
    yours: `${first} in the first epoch, ${last} in the last`,
  });
}
