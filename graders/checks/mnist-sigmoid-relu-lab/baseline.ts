/** What T3 asks of T2's runBaseline as well: small runs of it, and reported runs with a prescribed learning rate. */
import type { CheckContext, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import type { Log } from '../../kinds/accuracy-log.ts';
import { asShares, logFrom } from '../../kinds/accuracy-log.ts';
import type { Finding } from '../../model/finding.ts';
import { claimOf, epochsOf, judgeReported } from './claims.ts';
import { sentData, sentOptions, small } from './small-runs.ts';

/** On the small images 40 runs with learning rate 0.1 end with a training accuracy of 0.983 or more. */
export const learned = 0.8;
/** The untrained networks of these runs are right about 0.03 to 0.18 of the images, trained ones about 0.04 of wrong labels. */
export const atChance = 0.45;

/** One run of the student's runBaseline on the small images. */
export const smallRun = (
  context: CheckContext,
  rate: number,
  epochs: number = small.epochs,
  blank = false,
  initSd: number = small.initSd,
): Promise<Log> =>
  context.oncePerSubmission(`T2/${rate}/${epochs}/${blank}/${initSd}`, async () => {
    const args = [
      sentData(context, blank),
      sentOptions({ eta: rate, epochs, initSd }),
      { kind: 'rng', seed: 11 } as const,
    ];
    const { value } = await (await context.guest()).call({ module: 't2', name: 'runBaseline' }, args);
    return asShares(logFrom(value, 'runBaseline'));
  });

/** Whether a learning rate of 0 leaves the network as it is. */
export async function usesRate(context: CheckContext): Promise<boolean> {
  const { trainAcc, testAcc } = await smallRun(context, 0, 3);
  return [trainAcc, testAcc].every((values) => values.every((value) => value === values[0]));
}

/** Whether a call of runBaseline goes on with the network of an earlier call: it knows the images although its learning rate is 0. */
export async function keepsNetwork(context: CheckContext): Promise<boolean> {
  const { trainAcc } = await smallRun(context, 0.1);
  return (
    trainAcc.at(-1)! >= learned && (await usesRate(context)) && (await smallRun(context, 0, 3)).trainAcc[0]! > atChance
  );
}

/** A reported run with a prescribed learning rate beside the grader's own. */
export async function judgeRun(context: CheckContext, key: string, rate: number, most: number): Promise<Judgement> {
  const claim = claimOf(context, key);
  if (Math.abs(claim.eta - rate) > 1e-9) return fail(otherRate(claim, rate));
  return judgeReported(context, claim, {
    hidden: 'sigmoid',
    initSd: 0.1,
    eta: rate,
    slack: most,
    words: {
      says: 'With these settings the test accuracy is another one.',
      asked: `${rate}, ${epochsOf(claim)} epochs`,
      room: 'other first weights move it by less than 0.02',
      hint: 'Report the run that train.ts prints, with the prescribed settings.',
    },
  });
}

export const otherRate = ({ eta }: { eta: number }, rate: number): Finding => ({
  says: `A learning rate of ${rate} was asked for.`,
  yours: String(eta),
  expected: String(rate),
});
