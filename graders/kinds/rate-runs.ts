/**
 * A function that repeats a training with several learning rates, each with a network of its own, beside the student's earlier
 * function for one rate, on which it is likely built: what that one does wrong is paid for in its own task.
 */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { inDigits } from '../numerics/digits.ts';
import { unlessStopped } from '../stopped.ts';
import type { Log } from './accuracy-log.ts';
import { inList, notFromImages } from './accuracy-log.ts';
import type { LoggedRuns, RunSettings } from './logged-run.ts';
import { isConstant, keepsNetwork, usesRate } from './logged-run.ts';

export interface RateRuns {
  /** One log for each of these learning rates. */
  logs(
    context: CheckContext,
    etas: readonly number[],
    settings?: Pick<RunSettings, 'blank' | 'epochs'>,
  ): Promise<Log[]>;
  /** The function for one rate, and the task in which it has lost its marks. */
  earlier: LoggedRuns;
  task: string;
}

const short = inDigits(4);

/** A rate with which a network learns, then 0: the second network learns nothing, and must know nothing. */
export async function judgeFresh(context: CheckContext, runs: RateRuns): Promise<Judgement> {
  const { earlier } = runs;
  const { rate, learned, atChance } = earlier;
  const [first, second] = await runs.logs(context, [rate, 0]);
  const [before, after] = [first?.trainAcc.at(-1) ?? NaN, second?.trainAcc[0] ?? NaN];
  if (!(before >= learned)) {
    if (after <= atChance && (await earlierDoesNotLearn(context, runs))) return paid(runs, 'does not learn either');
    return fail({
      says: 'The first network does not learn.',
      yours: `training accuracy ${inList(first?.trainAcc ?? [])}`,
      expected: `${learned} or more at the end`,
    });
  }
  if (after <= atChance) {
    const [blank] = await runs.logs(context, [rate], { blank: true });
    if (blank === undefined || blank.trainAcc.at(-1)! <= atChance) return pass();
    const sameBefore = async () => (await earlier.run(context, { blank: true })).trainAcc.at(-1)! > atChance;
    return (await earlierShows(context, runs, sameBefore)) ? paid(runs, 'shows the same') : fail(notFromImages(blank));
  }
  if (await earlierShows(context, runs, () => keepsNetwork(context, earlier))) return paid(runs, keeps);
  return fail({
    says: 'The second learning rate goes on with the network of the first.',
    asked: `learning rates ${rate}, then 0: nothing can be learned with 0`,
    yours: `training accuracy ${short(before)} at the end of the first run, ${short(after)} in the second`,
    expected: `about 0.1 in the second`,
    hint: 'Build a new MultiLayerPerceptron for every learning rate: otherwise you see what the earlier runs have learned.',
  });
}

/** Enough to see that an accuracy changes. */
const few = { epochs: 3 };

/**
 * One log for each rate, in their order, each of the right length: with 0 nothing changes, with the rate between it does. Where
 * they are so, and every network is a fresh one, `epochs` says what is wrong with single epochs.
 */
export async function judgeRates(
  context: CheckContext,
  runs: RateRuns,
  epochs: () => Promise<Judgement>,
): Promise<Judgement> {
  const { earlier, task } = runs;
  const { name, rate } = earlier;
  const etas = [0, rate, 0];
  const logs = await runs.logs(context, etas, few);
  const asked = `learning rates 0, ${rate} and 0`;
  if (logs.length !== etas.length) {
    const says = 'One log for each learning rate is asked for.';
    return fail({ says, asked, yours: String(logs.length), expected: String(etas.length) });
  }
  const lengths = logs.map(({ trainAcc }) => trainAcc.length);
  if (lengths.some((length) => length !== few.epochs)) {
    const isAsLong = (log: Log) => lengths.every((length) => length === log.trainAcc.length);
    if (await earlierShows(context, runs, isAsLong, few)) {
      return pass({
        followThrough: `The logs have the length that your ${name} gives them; that is paid for in ${task}.`,
      });
    }
    const says = 'Every log has one number for each epoch.';
    return fail({ says, asked, yours: lengths.join(', '), expected: String(few.epochs) });
  }
  const constant = logs.map(({ trainAcc }) => isConstant(trainAcc));
  if (constant[0] && !constant[1] && constant[2]) {
    // A network that is used again is paid for as such, and its later logs are others.
    return (await judgeFresh(context, runs)).earned < 1 ? pass() : epochs();
  }
  if (constant.every(Boolean) && (await earlierDoesNotLearn(context, runs))) return paid(runs, 'does not learn either');
  if (await earlierShows(context, runs, () => keepsNetwork(context, earlier))) return paid(runs, keeps);
  // Each log is excused where the earlier function goes wrong with its rate in the same way.
  const changesAtRest = async () => !(await usesRate(context, earlier));
  const rests = async () => isConstant((await earlier.run(context, few)).trainAcc);
  const excused = [!constant[0] && changesAtRest, constant[1] && rests, !constant[2] && changesAtRest].filter(Boolean);
  for (const same of excused) if (!same || !(await earlierShows(context, runs, same))) return notTheirs(logs, asked);
  return paid(runs, constant[1] ? 'gives the same accuracy after every epoch' : 'does not use the learning rate');
}

const notTheirs = (logs: readonly Log[], asked: string): Judgement =>
  fail({
    says: 'The logs do not belong to the learning rates: only the second network should learn.',
    asked,
    yours: logs.map(({ trainAcc }) => inList(trainAcc)).join(' | '),
    expected: 'the same number in every epoch for the learning rate 0',
  });

const keeps = 'keeps its network between calls';

const paid = ({ earlier, task }: RateRuns, does: string): Judgement =>
  pass({ followThrough: `Your ${earlier.name} ${does}; that is paid for in ${task}.` });

/** Whether the earlier function shows the same mistake; false when it stops. */
const earlierShows = (
  context: CheckContext,
  { earlier }: RateRuns,
  same: (log: Log) => boolean | Promise<boolean>,
  settings?: RunSettings,
): Promise<boolean> => unlessStopped(async () => same(await earlier.run(context, settings)), false);

const earlierDoesNotLearn = (context: CheckContext, runs: RateRuns): Promise<boolean> =>
  earlierShows(context, runs, (log) => !(log.trainAcc.at(-1)! >= runs.earlier.learned));

/** Whether the network of a later learning rate still knows what it learned with an earlier one; false when the function stops. */
export const isReused = (context: CheckContext, { logs, earlier }: RateRuns): Promise<boolean> =>
  unlessStopped(async () => {
    const { rate, learned, atChance } = earlier;
    const [first, second] = await logs(context, [rate, 0]);
    return (first?.trainAcc.at(-1) ?? NaN) >= learned && (second?.trainAcc[0] ?? NaN) > atChance;
  }, false);
