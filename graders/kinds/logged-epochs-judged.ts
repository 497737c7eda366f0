/** Logs of run functions beside the grader's own epochs, in the order of the images or in one that the student draws. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate, firstWrong } from '../evaluate.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import { agree } from '../follow-through.ts';
import { asShares, logFrom } from './accuracy-log.ts';
import type { CourseProbe } from './logged-epochs.ts';
import type { Runner } from './logged-epochs-question.ts';
import { answerOf, askLogs } from './logged-epochs-question.ts';
import { unlessStopped } from '../stopped.ts';

/** The first of these accuracies that is wrong, in a sentence that begins with what it is. */
export async function judgeLogs(
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
export async function judgeEpochs(
  context: CheckContext,
  { batched, whole }: { batched: Problem<CourseProbe>; whole: Problem<CourseProbe> },
  tensors: readonly string[],
): Promise<Judgement> {
  if (tensors.length === 0) return pass();
  const inBatches = await judgeLogs(context, batched, tensors);
  if (inBatches.earned < 1 && (isRecognised(inBatches) || !(await isDrawn(context, batched)))) return inBatches;
  const atOnce = await judgeLogs(context, whole, tensors);
  if (atOnce.earned === 1 || !(await hasNoBatch(context, whole))) return atOnce;
  return fail({
    says: 'There is no accuracy where one batch holds all training images.',
    hint: 'Whoever leaves some of them out has no whole batch left there: train on all images of data.train.',
  });
}

/** Whether the training accuracy is no number for some training images: there is none of no batch. */
const hasNoBatch = (context: CheckContext, problem: Problem<CourseProbe>): Promise<boolean> =>
  unlessStopped(async () => {
    for (const probe of new Set(context.probes(problem))) {
      const reading = problem.read(await context.ask(problem, probe), probe);
      if ('answer' in reading && reading.answer['trainAcc']?.data.every(Number.isNaN)) return true;
    }
    return false;
  }, false);

/** Whether a run function for one rate stops at one of these trainings. */
export async function runnerStops(
  context: CheckContext,
  problem: Problem<CourseProbe>,
  runner: Runner,
): Promise<boolean> {
  for (const probe of new Set(context.probes(problem))) {
    const ran = await unlessStopped(async () => {
      await askLogs(await context.guest(), runner, { ...probe, etas: [probe.etas[0]!] });
      return true;
    }, false);
    if (!ran) return true;
  }
  return false;
}

/** Whether the logs for several learning rates are those of a run function for one, each in its turn. */
export async function followsRunner(
  context: CheckContext,
  problem: Problem<CourseProbe>,
  runner: Runner,
): Promise<boolean> {
  for (const probe of new Set(context.probes(problem))) {
    const reading = problem.read(await context.ask(problem, probe), probe);
    const own = [];
    for (const eta of probe.etas) {
      const value = await askLogs(await context.guest(), runner, { ...probe, etas: [eta] });
      own.push(asShares(logFrom(value, runner.name)));
    }
    if (!('answer' in reading) || !isSame(problem, reading.answer, answerOf(own))) return false;
  }
  return true;
}

const isSame = ({ band }: Problem<CourseProbe>, yours: Answer, own: Answer) =>
  Object.entries(own).every(([name, log]) => agree(yours[name], log, band));

const isRecognised = ({ diagnosis }: Judgement) =>
  diagnosis !== undefined && diagnosis.certainty !== 'unknown' && diagnosis.mistakes.length > 0;

/** Logs none of which is finite are never the same again, whatever they come from. */
const holdsNumbers = (logs: Answer) => Object.values(logs).some(({ data }) => data.every(Number.isFinite));

/** Whether other random numbers lead to other logs although the first weights are almost 0: then images are drawn or shuffled. */
export async function isDrawn(context: CheckContext, problem: Problem<CourseProbe>): Promise<boolean> {
  const probe = context.probes(problem)[0]!;
  const logs: Answer[] = [];
  for (const seed of [probe.seed, probe.seed + 100]) {
    const asked = { ...probe, seed };
    const reading = problem.read(await context.ask(problem, asked), asked);
    if (!('answer' in reading) || !holdsNumbers(reading.answer)) return false;
    logs.push(reading.answer);
  }
  return !isSame(problem, logs[0]!, logs[1]!);
}

/** Whether other labels for one half of the training images change no test accuracy. */
export const leavesHalfOut = (context: CheckContext, problem: Problem<CourseProbe>): Promise<boolean> =>
  unlessStopped(async () => {
    const probe = context.probes(problem)[0]!;
    const { train } = probe.course;
    const middle = train.Y.length / 2;
    const testAcc = async (Y: Mat) => {
      const asked = { ...probe, course: { ...probe.course, train: { ...train, Y } } };
      const reading = problem.read(await context.ask(problem, asked), asked);
      return 'answer' in reading ? reading.answer['testAcc'] : undefined;
    };
    const right = await testAcc(train.Y);
    for (const isChanged of [(n: number) => n < middle, (n: number) => n >= middle]) {
      const turned = await testAcc(
        train.Y.map((bits, n) => (isChanged(n) ? [...bits.slice(5), ...bits.slice(0, 5)] : bits)),
      );
      if (agree(turned, right, problem.band)) return true;
    }
    return false;
  }, false);
