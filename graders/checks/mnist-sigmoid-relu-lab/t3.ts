/**
 * Task T3: `runRates` repeats the training of T2 with other learning rates, each with a network of its own, and two runs of it
 * are reported. 1 mark by program, 2 by a person.
 *
 *   asked   runRates with the learning rates 0.1 and 0 on small images; a training of several rates without a hidden layer,
 *           which the grader repeats epoch by epoch; the runs with 0.005 and with 0.5 in answers.json
 *   right   every rate begins with fresh weights and gets a log of its own, in their order; the reported runs are such as the
 *           grader's own end: about 0.93 with 0.005, at chance with 0.5
 *   costs   a quarter of a mark for each check below; what runBaseline of T2 does wrong in the same way is paid for there, and
 *           a network that is used again in the first check only
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { asCounted, asShares, logFrom } from '../../kinds/accuracy-log.ts';
import { followsRunner, isDrawn, judgeLogs, runnerStops } from '../../kinds/logged-epochs-judged.ts';
import type { RateRuns } from '../../kinds/rate-runs.ts';
import { isReused, judgeFresh, judgeRates } from '../../kinds/rate-runs.ts';
import type { ReportedRun } from '../../kinds/reported-run.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { ProgramStopped, unlessStopped } from '../../stopped.ts';
import { inWords, itemsOf } from '../../values.ts';
import { baseline, judgeRun, otherRate } from './baseline.ts';
import { claimOf, inconsistent, invented, short } from './claims.ts';
import { rateEpochs, wholeEpochs } from './epoch-problems.ts';
import { baselineRun } from './epoch-question.ts';
import { sentData, sentOptions, sharesOf, small } from './small-runs.ts';

/** Twenty runs of the grader with learning rate 0.005 end between 0.922 and 0.940. */
const slackLow = 0.02;
/** With 0.5 they end between 0.078 and 0.126: the shares of single classes among the test images. */
const chance = [0.05, 0.2] as const;

/** The logs of the student's runRates for these learning rates, on the small images. */
const logsFor: RateRuns['logs'] = (context, etas, { blank = false, epochs = small.epochs } = {}) =>
  context.oncePerSubmission(`T3/${etas.join()}/${epochs}/${blank}`, async () => {
    const args = [
      sentData(context, blank),
      makeArray([etas.length], etas),
      sentOptions({ epochs }),
      { kind: 'rng', seed: 12 } as const,
    ];
    const { value } = await (await context.guest()).call({ module: 't3', name: 'runRates' }, args);
    const logs = itemsOf(value);
    if (logs === undefined)
      throw new ProgramStopped('crash', `runRates should return a list of logs; it returns ${inWords(value)}.`);
    return logs.map((log) => asCounted(asShares(logFrom(log, 'runRates')), sharesOf));
  });

const runs: RateRuns = { logs: logsFor, earlier: baseline, task: 'T2' };

export const checks: Check[] = [
  {
    id: 'T3.fresh',
    costly: true,
    task: 'T3',
    title: 'Every learning rate starts with a fresh network',
    asks: 'runRates with the learning rates 0.1 and 0 on small images: the second network learns nothing, and must know nothing.',
    points: 0.25,
    run: (context) => judgeFresh(context, runs),
  },
  {
    id: 'T3.rates',
    costly: true,
    task: 'T3',
    title: 'runRates returns one log for each learning rate, in their order, of epochs that train with all images',
    asks: 'runRates with the learning rates 0, 0.1 and 0 on small images, 3 epochs each; three runs without a hidden layer from first weights of almost 0, repeated by the grader epoch by epoch.',
    points: 0.25,
    problems: [rateEpochs],
    judgeProblems: (context) => judgeLogs(context, rateEpochs),
    run: (context) => judgeRates(context, runs, () => judgeEpochsOfRates(context)),
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

/** The logs of every epoch, unless runBaseline logs the same, or draws its batches at random as runRates does. */
async function judgeEpochsOfRates(context: CheckContext): Promise<Judgement> {
  let worst: Judgement;
  try {
    worst = await judgeLogs(context, rateEpochs);
  } catch (error) {
    if (!(error instanceof ProgramStopped) || !(await runnerStops(context, rateEpochs, baselineRun))) throw error;
    return pass({ followThrough: 'Your runBaseline stops in the same trainings; that is paid for in T2.' });
  }
  if (worst.earned === 1) return pass();
  const follows = await unlessStopped(
    async () =>
      (await followsRunner(context, rateEpochs, baselineRun)) ||
      ((await isDrawn(context, wholeEpochs)) && isDrawn(context, rateEpochs)),
    false,
  );
  return follows ? pass({ followThrough: 'Your runBaseline logs the same; that is paid for in T2.' }) : worst;
}

/** A reported run that starts where an earlier one ended is what such a runRates gives: that mistake costs once. */
async function followsReuse(
  context: CheckContext,
  { eta, testAcc }: ReportedRun,
  asked: number,
): Promise<Judgement | undefined> {
  if (Math.abs(eta - asked) > 1e-9 || !(testAcc[0]! > baseline.atChance) || !(await isReused(context, runs)))
    return undefined;
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
