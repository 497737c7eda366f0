/** Logs of the student's run functions beside the grader's own epochs. */
import type { CheckContext, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { agree } from '../../follow-through.ts';
import { asShares, logFrom } from '../../kinds/accuracy-log.ts';
import type { CourseProbe } from '../../kinds/logged-epochs.ts';
import { answerOf, askLogs } from '../../kinds/logged-epochs-question.ts';
import { batchedEpochs, rateEpochs, wholeEpochs } from './epoch-problems.ts';
import { baselineRun } from './epoch-question.ts';
import { unlessStopped } from '../../stopped.ts';

/** The first of these accuracies that is wrong, in a sentence that begins with what it is. */
async function worstOf(
  context: CheckContext,
  problem: Problem<CourseProbe>,
  tensors?: readonly string[],
): Promise<Judgement> {
  const evaluation = await evaluate(context, problem);
  const subject = (tensor: string) => problem.names![tensor]!.replace(/^./, (letter) => letter.toUpperCase());
  const named = (tensors ?? Object.keys(evaluation.tensors)).map((name) => [name, subject(name)] as const);
  return firstWrong(evaluation, Object.fromEntries(named));
}

/**
 * Batches in the order of the images, or in a random order of the student's own; then the whole set as one batch, where no
 * order matters and every single image has to take part.
 */
export async function judgeEpochs(context: CheckContext, tensors: readonly string[]): Promise<Judgement> {
  if (tensors.length === 0) return pass();
  const batched = await worstOf(context, batchedEpochs, tensors);
  if (batched.earned < 1 && (isRecognised(batched) || !(await isDrawn(context, batchedEpochs)))) return batched;
  return worstOf(context, wholeEpochs, tensors);
}

/**
 * The logs of runRates for several learning rates; what runBaseline of T2 logs in the same way is paid for there. Undefined
 * where everything is right.
 */
export async function judgeRateEpochs(context: CheckContext): Promise<Judgement | undefined> {
  const worst = await judgeRateLogs(context);
  if (worst.earned === 1) return undefined;
  const follows = await unlessStopped(
    async () =>
      (await followsBaseline(context)) || ((await isDrawn(context, wholeEpochs)) && isDrawn(context, rateEpochs)),
    false,
  );
  return follows ? pass({ followThrough: 'Your runBaseline logs the same; that is paid for in T2.' }) : worst;
}

/** The first wrong log of runRates, whatever runBaseline logs. */
export const judgeRateLogs = (context: CheckContext): Promise<Judgement> => worstOf(context, rateEpochs);

/** Whether runBaseline gives the same logs, each in its turn. */
async function followsBaseline(context: CheckContext): Promise<boolean> {
  for (const probe of new Set(context.probes(rateEpochs))) {
    const reading = rateEpochs.read(await context.ask(rateEpochs, probe), probe);
    const own = [];
    for (const eta of probe.etas) {
      const value = await askLogs(await context.guest(), baselineRun, { ...probe, etas: [eta] });
      own.push(asShares(logFrom(value, 'runBaseline')));
    }
    if (!('answer' in reading) || !isSame(reading.answer, answerOf(own))) return false;
  }
  return true;
}

const isSame = (yours: Answer, own: Answer) =>
  Object.entries(own).every(([name, log]) => agree(yours[name], log, rateEpochs.band));

const isRecognised = ({ diagnosis }: Judgement) =>
  diagnosis !== undefined && diagnosis.certainty !== 'unknown' && diagnosis.mistakes.length > 0;

/** Logs none of which is finite are never the same again, whatever they come from. */
const holdsNumbers = (logs: Answer) => Object.values(logs).some(({ data }) => data.every(Number.isFinite));

/** Whether other random numbers lead to other logs although the first weights are almost 0: then images are drawn or shuffled. */
async function isDrawn(context: CheckContext, problem: Problem<CourseProbe>): Promise<boolean> {
  const probe = context.probes(problem)[0]!;
  const logs: Answer[] = [];
  for (const seed of [probe.seed, probe.seed + 100]) {
    const asked = { ...probe, seed };
    const reading = problem.read(await context.ask(problem, asked), asked);
    if (!('answer' in reading) || !holdsNumbers(reading.answer)) return false;
    logs.push(reading.answer);
  }
  return !isSame(logs[0]!, logs[1]!);
}

/** Whether other labels for one half of the training images change no test accuracy. */
export const leavesHalfOut = (context: CheckContext): Promise<boolean> =>
  unlessStopped(async () => {
    const probe = context.probes(batchedEpochs)[0]!;
    const { train } = probe.course;
    const middle = train.Y.length / 2;
    const testAcc = async (Y: Mat) => {
      const asked = { ...probe, course: { ...probe.course, train: { ...train, Y } } };
      const reading = batchedEpochs.read(await context.ask(batchedEpochs, asked), asked);
      return 'answer' in reading ? reading.answer['testAcc'] : undefined;
    };
    const right = await testAcc(train.Y);
    for (const isChanged of [(n: number) => n < middle, (n: number) => n >= middle]) {
      const turned = await testAcc(
        train.Y.map((bits, n) => (isChanged(n) ? [...bits.slice(5), ...bits.slice(0, 5)] : bits)),
      );
      if (agree(turned, right, batchedEpochs.band)) return true;
    }
    return false;
  }, false);
