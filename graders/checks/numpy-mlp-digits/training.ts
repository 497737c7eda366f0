/** Question 3.6: training with mini-batches, and its curve. 10 marks, 1 by a person. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { manualCheck } from '../../manual.ts';
import type { Finding } from '../../model.ts';
import { inWords } from '../../values.ts';
import { cceCall } from './cce-call.ts';
import { judgeUpdate } from './mlp-backward.ts';
import { gradientParts } from './mlp-gradients.ts';
import { update } from './mlp-update.ts';
import { stepParts } from './own-gradients.ts';
import { minibatchesRight } from './minibatches.ts';
import { wrongParts } from './own-parts.ts';
import type { Replay } from './training-replay.ts';
import { replay } from './training-replay.ts';
import type { Outcome } from './training-run.ts';
import { epochs, minibatchSize, seriesOf, trainOnce } from './training-run.ts';

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
    asks: `${setting} The last value is compared with the loss of your network after training.`,
    points: 2,
    run: judgeSeries,
  },
  {
    id: '3.6.learns',
    costly: true,
    task: '3.6',
    title: `The loss falls below ${lossRatio} of what it was`,
    asks: `${setting} Loss on the training images before and after.`,
    points: 3,
    run: (desk) => judgeOutcome(desk, lossGoal),
  },
  {
    id: '3.6.accuracy',
    costly: true,
    task: '3.6',
    title: `At least ${wantedAccuracy * 100} % of new images are recognised`,
    asks: `${setting} Predictions for 300 images that were not in the training.`,
    points: 3,
    run: (desk) => judgeOutcome(desk, accuracyGoal),
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

const short = (value: number) => String(Number(value.toPrecision(3)));

const lossGoal: Goal = (before, after) =>
  after.trainLoss <= lossRatio * before.trainLoss
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

const builtOn = [
  { task: '2.6', problem: cceCall },
  ...stepParts,
  ...gradientParts,
  { task: '3.5', problem: update, judges: [judgeUpdate] },
];

/** Parts that have lost their marks already, and what a loop of ours does with them; undefined if there are none. */
async function withOwnParts(desk: Desk): Promise<{ culprits: string; ours: Replay } | undefined> {
  const batchesRight = await minibatchesRight(desk);
  const culprits = [...(batchesRight ? [] : ['2.1g or 2.1h']), ...(await wrongParts(desk, builtOn))];
  return culprits.length === 0
    ? undefined
    : { culprits: culprits.join(' and '), ours: await replay(desk, !batchesRight) };
}

/** A backward that cannot learn has lost its marks already: then the loop has to do the same as a loop of ours around it. */
async function judgeOutcome(desk: Desk, goal: Goal): Promise<Judgement> {
  const { before, after, moved } = await trainOnce(desk);
  const finding = goal(before, after);
  if (finding === undefined && moved) return pass();
  if (finding === undefined) {
    return fail({
      says: 'The predictions are better after training, but no weight of the network has changed.',
      hint: 'train should update the weights and biases of the layers of the network that it gets, with backward.',
    });
  }
  const own = await withOwnParts(desk);
  if (own?.ours.sameWay !== true || !own.ours.wentRound) return fail(finding);
  return pass({
    followThrough: `Your loop goes the same way as one of ours with your own parts; what is wrong comes from ${own.culprits}.`,
  });
}

async function judgeSeries(desk: Desk): Promise<Judgement> {
  const { history, before, after } = await trainOnce(desk);
  const loss = seriesOf(history, 'loss');
  if (loss?.length !== epochs) {
    return fail({
      says: 'train should return { loss } with one number for each epoch.',
      yours: inWords(history),
      expected: `${epochs} numbers`,
    });
  }
  // During the last epoch the weights still move: the mean over it is near the loss afterwards, not equal.
  const last = loss.at(-1)!;
  const near = (truth: number) => last >= 0.5 * truth - 0.02 && last <= 2 * truth + 0.05;
  const finite = loss.every((value) => Number.isFinite(value));
  if (finite && near(after.trainLoss)) {
    const learned = lossGoal(before, after) === undefined;
    if (!learned || loss[0]! > last) return pass();
    return fail({
      says: 'The network has learned, but the losses that train returns do not fall.',
      yours: loss.map(short).join(', '),
      hint: 'Every entry is the mean loss of its own epoch, collected while that epoch runs.',
    });
  }
  const own = await withOwnParts(desk);
  if (own?.ours.wentRound === true && (near(own.ours.loss) || (!finite && Number.isNaN(own.ours.loss)))) {
    return pass({
      followThrough: `The loss is the mean of what your own parts return; what is wrong comes from ${own.culprits}.`,
    });
  }
  if (!finite) return fail({ says: 'Some losses are not finite numbers.', yours: loss.map(short).join(', ') });
  return fail({
    says: 'The reported loss is not the mean loss of the epoch.',
    yours: `${short(last)} for the last epoch`,
    expected: `about ${short(after.trainLoss)}, the mean loss on the training images afterwards`,
    hint: 'Take the mean over the examples of the epoch: not the sum, not the loss of one mini-batch.',
  });
}

async function judgePlot(desk: Desk): Promise<Judgement> {
  const plot = desk.sidecar('plots/3-6.json') as {
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
