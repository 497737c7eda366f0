/**
 * What has to hold of the logs of a function that trains one network, whatever their numbers are: it learns from the images, with
 * the learning rate and the first weights that are asked for, with a new network in every call, and never from the test set.
 */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Problem } from '../problem.ts';
import { unlessStopped } from '../stopped.ts';
import type { Log } from './accuracy-log.ts';
import { inList, malformed, notFromImages } from './accuracy-log.ts';
import type { CourseProbe } from './logged-epochs.ts';
import { judgeEpochs, leavesHalfOut } from './logged-epochs-judged.ts';

/** A run on small images, whose test labels are all wrong; what is left out is as in the usual run, which learns. */
export interface RunSettings {
  rate?: number;
  epochs?: number;
  initSd?: number;
  /** Whether all training images are the same one. */
  blank?: boolean;
}

export interface LoggedRuns {
  name: string;
  run(context: CheckContext, settings?: RunSettings): Promise<Log>;
  /** Of the usual run. */
  rate: number;
  epochs: number;
  /** Of how many images its accuracies may be shares. */
  images: { train: readonly number[]; test: readonly number[] };
  /** A training accuracy that only a trained network reaches, and one that an untrained network stays below. */
  learned: number;
  atChance: number;
}

const resting = { rate: 0, epochs: 3 };
/** By so much a training accuracy goes up in the few epochs of a run that rests, where it does not rest. */
const rises = 0.1;

/** Whether a learning rate of 0 leaves the network as it is. */
export async function usesRate(context: CheckContext, { run }: LoggedRuns): Promise<boolean> {
  const { trainAcc, testAcc } = await run(context, resting);
  return [trainAcc, testAcc].every(isConstant);
}

/** Whether an accuracy is the same after every epoch. */
export const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** Whether a call goes on with the network of an earlier call: it knows the images although its learning rate is 0. */
export async function keepsNetwork(context: CheckContext, runs: LoggedRuns): Promise<boolean> {
  const { run, learned, atChance } = runs;
  const { trainAcc } = await run(context);
  return (
    trainAcc.at(-1)! >= learned &&
    (await usesRate(context, runs)) &&
    (await run(context, resting)).trainAcc[0]! > atChance
  );
}

/** One share of so many images for each epoch that is asked for. */
export async function judgeForm(context: CheckContext, { run, epochs, images }: LoggedRuns): Promise<Judgement> {
  for (const [settings, asked] of [
    [{}, epochs],
    [resting, resting.epochs],
  ] as const) {
    const says = malformed(await run(context, settings), asked, images);
    if (says !== undefined) return fail({ says });
  }
  return pass();
}

/** The usual run learns, from the images; where it ignores the learning rate, half of them may not have been left out. */
export async function judgeLearning(
  context: CheckContext,
  runs: LoggedRuns,
  batched: Problem<CourseProbe>,
): Promise<Judgement> {
  const { run, learned, atChance } = runs;
  const { trainAcc } = await run(context);
  if (trainAcc.at(-1)! >= learned) {
    // Where the learning rate is ignored the epochs cannot be repeated, but what takes no part in them shows all the same.
    const ignoresRate = await unlessStopped(async () => !(await usesRate(context, runs)), false);
    if (ignoresRate && (await leavesHalfOut(context, batched))) {
      return fail({
        says: 'Half of the training images take no part: with other labels for them the test accuracies stay the same.',
        hint: 'Train on all images of data.train.',
      });
    }
    const blank = await run(context, { blank: true });
    return blank.trainAcc.at(-1)! <= atChance ? pass() : fail(notFromImages(blank));
  }
  return fail({
    says: 'The network does not learn the training images.',
    yours: `training accuracy ${inList(trainAcc)}`,
    expected: `${learned} or more at the end`,
    hint: 'Train on the training images alone, each beside its own label, with the learning rate of the options.',
  });
}

/** Learning rate and first weights are those of the options, and single epochs are as they should be. */
export async function judgeOptions(
  context: CheckContext,
  runs: LoggedRuns,
  problems: { batched: Problem<CourseProbe>; whole: Problem<CourseProbe> },
): Promise<Judgement> {
  const { name, rate } = runs;
  if (await keepsNetwork(context, runs)) {
    return fail({
      says: `A later call of ${name} goes on with the network of an earlier call.`,
      asked: `learning rate ${rate}, then in another call 0: nothing can be learned with 0`,
      yours: `training accuracy ${inList((await runs.run(context, resting)).trainAcc)} in the second call`,
      expected: 'about 0.1',
      hint: `Build a new MultiLayerPerceptron inside of ${name}, and keep nothing outside of it.`,
    });
  }
  // Where nothing is learned, or without images, first weights show nothing, and that is paid for as such.
  if (await usesRate(context, runs)) {
    if ((await judgeLearning(context, runs, problems.batched)).earned < 1) return pass();
    const weights = await judgeFirstWeights(context, runs);
    return weights.earned < 1 ? weights : judgeEpochs(context, problems, await seenTensors(context, runs));
  }
  const { trainAcc } = await runs.run(context, resting);
  // Other images in every epoch move it a little, up and down; it goes up for good where something is learned.
  const learns = trainAcc.at(-1)! >= trainAcc[0]! + rises;
  return fail({
    says: `With learning rate 0 the accuracy changes${learns ? ': the learning rate of the options is not used' : ''}.`,
    yours: `training accuracy ${inList(trainAcc)}`,
    expected: 'the same number in every epoch',
    ...(!learns && {
      hint: 'Hand the learning rate of the options on, and measure the accuracy on the same images after every epoch.',
    }),
  });
}

/**
 * Hidden units that start alike learn alike: 30 runs of the grader from weights of almost 0 are right about 0.4 of the images
 * at most. It is not exactly 0, which is as good as no number to `initSd || 0.1`.
 */
async function judgeFirstWeights(context: CheckContext, { run, rate, learned }: LoggedRuns): Promise<Judgement> {
  const { trainAcc } = await run(context, { initSd: 1e-9 });
  if (!(trainAcc.at(-1)! >= learned)) return pass();
  return fail({
    says: 'With first weights of almost 0 the network learns as with any others: initSd of the options is not used.',
    asked: `initSd 1e-9, learning rate ${rate}`,
    yours: `training accuracy ${inList(trainAcc)}`,
    expected: 'all hidden units alike, so that most digits cannot be told apart',
    hint: 'Hand initSd on to the network that you build.',
  });
}

/** The accuracies that are those of the images they are called after, in a log of the right length; others are paid for in their own checks. */
async function seenTensors(context: CheckContext, runs: LoggedRuns): Promise<readonly string[]> {
  const { trainAcc, testAcc } = await runs.run(context);
  if ([trainAcc, testAcc].some(({ length }) => length !== runs.epochs)) return [];
  return (await judgeTested(context, runs)).earned === 1 ? ['trainAcc', 'testAcc'] : ['trainAcc'];
}

/** A network that has learned is right about none of the test images, whose labels are wrong, unless it has seen them. */
export async function judgeTested(context: CheckContext, { run, atChance }: LoggedRuns): Promise<Judgement> {
  const { trainAcc, testAcc } = await run(context);
  const last = testAcc.at(-1) ?? NaN;
  if (last <= atChance) return pass();
  return fail({
    says: 'The test accuracy is high although every label of the test set is wrong: the network was trained, or looked at, with other images.',
    yours: `test accuracy ${inList(testAcc)}, training accuracy ${inList(trainAcc)}`,
    expected: `${atChance} or less`,
    hint: 'Train on data.train only, and hand the batches of data.test to evaluate as test set.',
  });
}
