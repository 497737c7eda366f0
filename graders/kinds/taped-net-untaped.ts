/**
 * Steps without a tape: gradient × learning rate is all that is seen. A mistake of the update that explains it is charged
 * there and not in the gradients, one of the gradients not in the update, and neither is ever certain.
 */
import type { CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import { evaluate } from '../evaluate.ts';
import type { Diagnosis } from '../model/finding.ts';
import { diagnose } from '../mistakes/diagnose.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { TapedNet } from './taped-net.ts';
import { stepKey } from './taped-net-key.ts';
import { tapeOf } from './taped-net-question.ts';
import { firstTime } from './asked-again.ts';

/** Whether backward returns a tape for every network of the problem. */
export async function isTaped(context: CheckContext, problem: Problem<MlpCase>): Promise<boolean> {
  for (const net of new Set(context.probes(problem))) {
    if (tapeOf(firstTime((await context.ask(problem, net)).value), net) === undefined) return false;
  }
  return true;
}

/** The gradients at stake where a mistake of the update explains the step: right, as far as anything of them is seen. */
export async function besideUpdate(
  judgement: Judgement,
  context: CheckContext,
  { update }: TapedNet,
  { problem, tensors }: { problem: Problem<MlpCase>; tensors: readonly string[] },
): Promise<Judgement> {
  if (judgement.earned === 1 || (await isTaped(context, problem))) return judgement;
  const answers = await stepsOf(context, problem);
  if (isRecognised(slipIn(context, problem, answers)) && isSeen(answers, tensors)) {
    return pass({
      followThrough:
        'Without a tape only the step is seen: it is one along right gradients with a mistake in the update, whose marks are there.',
    });
  }
  return { ...judgement, ...(judgement.diagnosis && { diagnosis: asProduct(judgement.diagnosis, update.seenAs) }) };
}

/**
 * The update where a known mistake of the gradients explains the step: nothing shows that it is wrong as well. Where a mistake
 * of the update explains it too, and everything moves, that one is charged, since it costs less.
 */
export async function besideGradients(
  judgement: Judgement,
  context: CheckContext,
  { alongStep, update }: TapedNet,
): Promise<Judgement> {
  const { diagnosis } = await evaluate(context, alongStep);
  const answers = await stepsOf(context, update);
  const names = Object.keys(update.oracle(context.probes(update)[0]!));
  const isSlip = isRecognised(slipIn(context, update, answers));
  const moves = names.some((name) => isSeen(answers, [name]));
  if ((isSlip && isSeen(answers, names)) || !moves || !isRecognised(diagnosis)) return judgement;
  return pass({
    followThrough:
      'Without a tape only the step is seen: it is a right one along wrong gradients, whose marks are lost there.',
  });
}

/** Whether all of these move in every step. */
const isSeen = (answers: readonly (Answer | undefined)[], tensors: readonly string[]): boolean =>
  answers.every((answer) => tensors.every((name) => answer?.[name]?.data.some((v) => v !== 0)));

async function stepsOf(context: CheckContext, problem: Problem<MlpCase>): Promise<(Answer | undefined)[]> {
  const answers: (Answer | undefined)[] = [];
  for (const net of new Set(context.probes(problem))) {
    const reading = problem.read(await context.ask(problem, net), net);
    answers.push('answer' in reading && reading.misreads === undefined ? reading.answer : undefined);
  }
  return answers;
}

const slipIn = (
  context: CheckContext,
  problem: Problem<MlpCase>,
  answers: readonly (Answer | undefined)[],
): Diagnosis =>
  diagnose(
    { ...problem, id: `${problem.id}.slips`, twins: [], ...stepKey((net) => problem.oracle(net)) },
    [...new Set(context.probes(problem))],
    answers,
  );

const isRecognised = (diagnosis: Diagnosis | undefined): boolean =>
  diagnosis !== undefined && (diagnosis.certainty === 'certain' || diagnosis.certainty === 'consistent');

const asProduct = (diagnosis: Diagnosis, seenAs = ''): Diagnosis =>
  diagnosis.certainty === 'certain'
    ? {
        ...diagnosis,
        certainty: 'consistent',
        evidence: [...diagnosis.evidence, `All that is seen is ${seenAs}.`],
      }
    : diagnosis;
