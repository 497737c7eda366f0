/** Task T3: the same training with other learning rates, each with a network of its own. 1 mark by program, 2 by a person. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { inWords, itemsOf } from '../../values.ts';
import type { ReportedRun } from '../../kinds/reported-run.ts';
import { claimOf, inconsistent, invented, short } from './claims.ts';
import { rateEpochs } from './epoch-problems.ts';
import { judgeRateEpochs, judgeRateLogs } from './own-epochs.ts';
import type { Log } from '../../kinds/accuracy-log.ts';
import { asShares, inList, logFrom } from '../../kinds/accuracy-log.ts';
import { sentData, sentOptions, small } from './small-runs.ts';
import { atChance, judgeRun, keepsNetwork, learned, notFromImages, otherRate, smallRun, usesRate } from './baseline.ts';
import { ProgramStopped, unlessStopped } from '../../stopped.ts';

/** Twenty runs of the grader with learning rate 0.005 end between 0.922 and 0.940. */
const slackLow = 0.02;
/** With 0.5 they end between 0.078 and 0.126: the shares of single classes among the test images. */
const chance = [0.05, 0.2] as const;

/** The logs of the student's runRates for these learning rates, on the small images. */
const logsFor = (context: CheckContext, etas: readonly number[], blank = false): Promise<Log[]> =>
  context.oncePerSubmission(`T3/${etas.join()}/${blank}`, async () => {
    const args = [
      sentData(context, blank),
      makeArray([etas.length], etas),
      sentOptions(),
      { kind: 'rng', seed: 12 } as const,
    ];
    const { value } = await (await context.guest()).call({ module: 't3', name: 'runRates' }, args);
    const logs = itemsOf(value);
    if (logs === undefined)
      throw new ProgramStopped('crash', `runRates should return a list of logs; it returns ${inWords(value)}.`);
    return logs.map((log) => asShares(logFrom(log, 'runRates')));
  });

export const checks: Check[] = [
  {
    id: 'T3.fresh',
    costly: true,
    task: 'T3',
    title: 'Every learning rate starts with a fresh network',
    asks: 'runRates with the learning rates 0.1 and 0 on small images: the second network learns nothing, and must know nothing.',
    points: 0.25,
    run: judgeFresh,
  },
  {
    id: 'T3.rates',
    costly: true,
    task: 'T3',
    title: 'runRates returns one log for each learning rate, in their order, of epochs that train with all images',
    asks: 'runRates with the learning rates 0, 0.1 and 0 on small images; three runs without a hidden layer from first weights of almost 0, repeated by the grader epoch by epoch.',
    points: 0.25,
    problems: [rateEpochs],
    judgeProblems: judgeRateLogs,
    run: judgeRates,
  },
  {
    id: 'T3.low',
    costly: true,
    task: 'T3',
    title: 'The run with 0.005 is reported as it goes',
    asks: `"T3.low" in answers.json, compared with the grader's own trainings up to ${slackLow}.`,
    points: 0.25,
    run: async (context) => {
      const claim = claimOf(context, 'T3.low');
      const finding = inconsistent(claim) ?? invented(claim);
      if (finding !== undefined) return fail(finding);
      const judgement = await judgeRun(context, 'T3.low', 0.005, slackLow);
      return judgement.earned === 1 ? judgement : ((await followsReuse(context, claim, 0.005)) ?? judgement);
    },
  },
  {
    id: 'T3.high',
    costly: true,
    task: 'T3',
    title: 'The run with 0.5 is reported as it goes: at chance',
    asks: `"T3.high" in answers.json; the grader's own trainings stay between ${chance.join(' and ')}.`,
    points: 0.25,
    run: judgeHigh,
  },
];

async function judgeFresh(context: CheckContext): Promise<Judgement> {
  const [first, second] = await logsFor(context, [0.1, 0]);
  const [before, after] = [first?.trainAcc.at(-1) ?? NaN, second?.trainAcc[0] ?? NaN];
  if (!(before >= learned)) {
    if (after <= atChance && (await baselineFails(context, (log) => !(log.trainAcc.at(-1)! >= learned)))) {
      return pass({ followThrough: 'Your runBaseline does not learn either; that is paid for in T2.' });
    }
    return fail({
      says: 'The first network does not learn.',
      yours: `training accuracy ${inList(first?.trainAcc ?? [])}`,
      expected: `${learned} or more at the end`,
    });
  }
  if (after <= atChance) {
    const [blank] = await logsFor(context, [0.1], true);
    if (blank === undefined || blank.trainAcc.at(-1)! <= atChance) return pass();
    const paid = await baselineFails(
      context,
      async () => (await smallRun(context, 0.1, small.epochs, true)).trainAcc.at(-1)! > atChance,
    );
    return paid
      ? pass({ followThrough: 'Your runBaseline shows the same; that is paid for in T2.' })
      : fail(notFromImages(blank));
  }
  if (await baselineFails(context, () => keepsNetwork(context))) {
    return pass({ followThrough: 'Your runBaseline keeps its network between calls; that is paid for in T2.' });
  }
  return fail({
    says: 'The second learning rate goes on with the network of the first.',
    asked: 'learning rates 0.1, then 0: nothing can be learned with 0',
    yours: `training accuracy ${short(before)} at the end of the first run, ${short(after)} in the second`,
    expected: `about 0.1 in the second`,
    hint: 'Build a new MultiLayerPerceptron for every learning rate: otherwise you see what the earlier runs have learned.',
  });
}

async function judgeRates(context: CheckContext): Promise<Judgement> {
  const logs = await logsFor(context, [0, 0.1, 0]);
  const asked = 'learning rates 0, 0.1 and 0';
  if (logs.length !== 3)
    return fail({
      says: 'One log for each learning rate is asked for.',
      asked,
      yours: String(logs.length),
      expected: '3',
    });
  const lengths = logs.map(({ trainAcc }) => trainAcc.length);
  if (lengths.some((length) => length !== small.epochs)) {
    if (await baselineFails(context, (log) => lengths.every((length) => length === log.trainAcc.length))) {
      return pass({
        followThrough: 'The logs have the length that your runBaseline gives them; that is paid for in T2.',
      });
    }
    return fail({
      says: 'Every log has one number for each epoch.',
      asked,
      yours: lengths.join(', '),
      expected: String(small.epochs),
    });
  }
  const constant = logs.map(({ trainAcc }) => trainAcc.every((value) => value === trainAcc[0]));
  if (constant[0] && !constant[1] && constant[2]) {
    // A network that is used again is paid for above, and its later logs are others.
    return (await judgeFresh(context)).earned < 1 ? pass() : ((await judgeRateEpochs(context)) ?? pass());
  }
  if (constant.every(Boolean) && (await baselineFails(context, (log) => !(log.trainAcc.at(-1)! >= learned)))) {
    return pass({ followThrough: 'Your runBaseline does not learn either; that is paid for in T2.' });
  }
  if (await baselineFails(context, () => keepsNetwork(context))) {
    return pass({ followThrough: 'Your runBaseline keeps its network between calls; that is paid for in T2.' });
  }
  if (!constant.some(Boolean) && (await baselineFails(context, async () => !(await usesRate(context))))) {
    return pass({ followThrough: 'Your runBaseline does not use the learning rate; that is paid for in T2.' });
  }
  return fail({
    says: 'The logs do not belong to the learning rates: only the second network should learn.',
    asked,
    yours: logs.map(({ trainAcc }) => inList(trainAcc)).join(' | '),
    expected: 'the same number in every epoch for the learning rate 0',
  });
}

/** Whether runBaseline of T2, which T3 is likely to use, shows the same mistake; false when it stops. */
const baselineFails = (context: CheckContext, same: (log: Log) => boolean | Promise<boolean>): Promise<boolean> =>
  unlessStopped(async () => same(await smallRun(context, 0.1)), false);

/** Whether the network of a later learning rate still knows what it learned with an earlier one; false when runRates stops. */
const isReused = (context: CheckContext): Promise<boolean> =>
  unlessStopped(async () => {
    const [first, second] = await logsFor(context, [0.1, 0]);
    return (first?.trainAcc.at(-1) ?? NaN) >= learned && (second?.trainAcc[0] ?? NaN) > atChance;
  }, false);

/** A reported run that starts where an earlier one ended is what such a runRates gives: that mistake costs once. */
async function followsReuse(
  context: CheckContext,
  { eta, testAcc }: ReportedRun,
  asked: number,
): Promise<Judgement | undefined> {
  if (Math.abs(eta - asked) > 1e-9 || !(testAcc[0]! > atChance) || !(await isReused(context))) return undefined;
  return pass({
    followThrough:
      'This run starts from a network that is already trained, as your runRates hands it on; that is paid for above. With a fresh network it goes otherwise.',
  });
}

async function judgeHigh(context: CheckContext): Promise<Judgement> {
  const claim = claimOf(context, 'T3.high');
  if (Math.abs(claim.eta - 0.5) > 1e-9) {
    return fail(otherRate(claim, 0.5));
  }
  const finding = inconsistent(claim);
  if (finding !== undefined) return fail(finding);
  const last = claim.testAcc.at(-1)!;
  if (last >= chance[0] && last <= chance[1]) {
    const numbers = invented(claim);
    return numbers === undefined ? pass() : fail(numbers);
  }
  const follows = await followsReuse(context, claim, 0.5);
  if (follows !== undefined) return follows;
  return fail({
    says: 'With a learning rate of 0.5 and fresh weights this network stays at chance.',
    yours: short(last),
    expected: `${chance[0]} to ${chance[1]}: one class of ten`,
    hint:
      last > chance[1]
        ? 'Was the network trained before with another learning rate?'
        : 'Chance is about 0.1 for ten classes, not 0.',
  });
}
