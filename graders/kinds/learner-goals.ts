/** What a training has to reach: a lower loss, by a loop that makes new mini-batches, and images that it recognises. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Finding } from '../model/finding.ts';
import type { Training } from './learner.ts';
import { short } from './learner.ts';
import { reusesBatches, withOwnParts } from './learner-batches.ts';
import { judgeLoop } from './learner-loop.ts';
import type { Outcome, TrainingRun } from './learner-run.ts';
import { hasLearned, trainOnce } from './learner-run.ts';

type Goal = (before: TrainingRun['before'], after: Outcome, goals: Training['goals']) => Finding | undefined;

const wholeLoop =
  'Every epoch should go through all mini-batches, and every mini-batch should update the network that was handed in.';

const lossGoal: Goal = (before, after, { lossRatio }) =>
  hasLearned(before, after, lossRatio)
    ? undefined
    : {
        says: 'The network has not learned enough.',
        yours: `loss ${short(before.trainLoss)} before, ${short(after.trainLoss)} after training`,
        expected: `at most ${short(lossRatio * before.trainLoss)} after training`,
        hint: wholeLoop,
      };

const accuracyGoal: Goal = (_, after, { accuracy }) =>
  after.testAccuracy >= accuracy
    ? undefined
    : {
        says: 'Too few new images are recognised.',
        yours: `${short(after.testAccuracy * 100)} %`,
        expected: `at least ${accuracy * 100} %`,
        hint: wholeLoop,
      };

/** A backward that cannot learn has lost its marks already: then the loop has to do the same as a loop of ours around it. */
async function judgeGoal(context: CheckContext, training: Training, goal: Goal): Promise<Judgement> {
  const { before, after, moved } = await trainOnce(context, training);
  const finding = goal(before, after, training.goals);
  if (finding === undefined && moved) return pass();
  if (finding === undefined) {
    return fail({
      says: 'The predictions are better after training, but no weight of the network has changed.',
      hint: 'train should update the weights and biases of the layers of the network that it gets, with backward.',
    });
  }
  const own = await withOwnParts(context, training);
  const loop = await judgeLoop(context, training);
  if (own === undefined || loop.fault !== undefined || !loop.wentRound) return fail(finding);
  return pass({
    followThrough: `Your loop goes the same way as one of ours with your own parts; what is wrong comes from ${own.culprits}.`,
  });
}

/** Whether new images are recognised. */
export const judgeAccuracy = (context: CheckContext, training: Training): Promise<Judgement> =>
  judgeGoal(context, training, accuracyGoal);

/** Whether the loss falls, by the loop that the sheet asks for; a third is for new mini-batches in every epoch. */
export async function judgeLearning(context: CheckContext, training: Training): Promise<Judgement> {
  const judgement = await judgeGoal(context, training, lossGoal);
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
