/** What T3 asks of T2's runBaseline as well: small runs of it, and reported runs with a prescribed learning rate. */
import type { CheckContext, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import { asCounted, asShares, logFrom } from '../../kinds/accuracy-log.ts';
import type { LoggedRuns } from '../../kinds/logged-run.ts';
import type { Finding } from '../../model/finding.ts';
import { claimOf, epochsOf, judgeReported } from './claims.ts';
import { baselineRun } from './epoch-question.ts';
import { sentData, sentOptions, sharesOf, small } from './small-runs.ts';

/** Runs of the student's runBaseline on the small images. */
export const baseline: LoggedRuns = {
  ...baselineRun,
  run: (context, { rate = 0.1, epochs = small.epochs, initSd = small.initSd, blank = false } = {}) =>
    context.oncePerSubmission(`T2/${rate}/${epochs}/${blank}/${initSd}`, async () => {
      const { unit, name } = baselineRun;
      const options = sentOptions({ eta: rate, epochs, initSd });
      const args = [sentData(context, blank), options, { kind: 'rng', seed: 11 } as const];
      const { value } = await (await context.guest()).call({ module: unit, name }, args);
      return asCounted(asShares(logFrom(value, name)), sharesOf);
    }),
  rate: 0.1,
  epochs: small.epochs,
  images: sharesOf,
  // Of 20 runs all end with a training accuracy of 0.95 or more, and of 0.79 with every second image alone, a mistake that is paid
  // for where epochs are repeated.
  learned: 0.6,
  // Untrained networks are right about 0.02 to 0.18 of the images, trained ones about 0.05 of wrong labels.
  atChance: 0.45,
};

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
