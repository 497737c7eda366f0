/** The gradients of networks judged: right, or what the student's own layers and loss lead to. */
import type { CheckContext, Judgement } from '../check.ts';
import type { Evaluation } from '../evaluate.ts';
import { evaluate, firstWrong, judgeTensor } from '../evaluate.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Diagnosis } from '../model/finding.ts';
import type { Problem } from '../problem.ts';
import { judgeBothSides } from '../two-sided.ts';
import { fieldOf, itemsOf } from '../values.ts';
import { firstTime } from './asked-again.ts';
import type { EarlierPart } from './own-parts.ts';
import { followingOwn } from './own-parts.ts';
import type { TapedNet } from './taped-net.ts';
import { stepParts } from './taped-net.ts';
import { averagings, ofOwnPrediction, ownGradients } from './taped-net-own.ts';
import { besideUpdate, isTaped } from './taped-net-untaped.ts';

/** The gradients of networks, for what builds on them. */
export const gradientParts = (net: TapedNet): readonly EarlierPart[] =>
  net.gradients.map((problem) => ({
    task: net.tasks.backward,
    problem,
    judges: [(context) => judgeGradients(context, net, 'W'), (context) => judgeGradients(context, net, 'b')],
  }));

const namesOf = (evaluation: Evaluation, part: 'W' | 'b') =>
  Object.keys(evaluation.tensors).filter((name) => name.startsWith(part));

/** Full marks for right gradients of all weights or all biases; a third where only those of the last layers are right. */
export async function judgeGradients(context: CheckContext, net: TapedNet, part: 'W' | 'b'): Promise<Judgement> {
  let best: Judgement | undefined;
  for (const problem of net.gradients) {
    const evaluation = await evaluate(context, problem);
    const names = namesOf(evaluation, part);
    const words = Object.fromEntries(names.map((name) => [name, `The gradient of ${name}`]));
    const composed = await following(firstWrong(evaluation, words), context, net, { problem, tensors: names });
    const followed = await besideUpdate(composed, context, net, { problem, tensors: names });
    if (followed.earned < 1) {
      const told = await besideRightStep(followed, context, net);
      return { ...told, earned: (await lastLayersRight(context, net, part)) ? 1 / 3 : 0 };
    }
    if (best === undefined || followed.followThrough !== undefined) best = followed;
  }
  return best!;
}

const onlyTheTape: Diagnosis = {
  mistakes: ['tape-beside-step'],
  certainty: 'certain',
  says: 'The step that backward takes goes along right gradients, and the tape shows others: keep in the tape what the step uses.',
  evidence: ['Every weight and every bias moves as it should, so the error finds its way through all layers.'],
};

/** Gradients that are wrong on the tape alone have not come from a wrong way back: the step tells. */
async function besideRightStep(judgement: Judgement, context: CheckContext, net: TapedNet): Promise<Judgement> {
  if (!(await isTaped(context, net.alongStep)) || !(await showsSteps(context, net.alongStep))) return judgement;
  const { tensors } = await evaluate(context, net.update);
  return Object.values(tensors).every(({ accepted }) => accepted)
    ? { ...judgement, diagnosis: onlyTheTape }
    : judgement;
}

/** Whether the weights that a call leaves behind stand beside what it returns, for every network. */
async function showsSteps(context: CheckContext, problem: Problem<MlpCase>): Promise<boolean> {
  for (const net of new Set(context.probes(problem))) {
    const { value } = await context.ask(problem, net);
    if (itemsOf(fieldOf(firstTime(value), 'after'))?.length !== net.W.length) return false;
  }
  return true;
}

/** The last layer of every network is right: the error has only not found its way down. */
async function lastLayersRight(context: CheckContext, { gradients }: TapedNet, part: 'W' | 'b'): Promise<boolean> {
  for (const problem of gradients) {
    const evaluation = await evaluate(context, problem);
    if (judgeTensor(evaluation, namesOf(evaluation, part).at(-1)!, '').earned < 1) return false;
  }
  return true;
}

/** Judged with the student's own layers and loss; whether their gradients are sums or means is left open there too. */
async function following(
  judgement: Judgement,
  context: CheckContext,
  net: TapedNet,
  { problem, tensors }: { problem: Problem<MlpCase>; tensors: readonly string[] },
): Promise<Judgement> {
  let judged = judgement;
  for (const averaging of averagings) {
    judged = await followingOwn(judged, context, {
      problem,
      tensors,
      earlier: stepParts(net),
      own: (guest, probe) => ownGradients(guest, probe, averaging),
    });
  }
  const sides = { backward: problem, forward: net.forward, paidIn: net.tasks.forward };
  for (const mean of [true, false])
    judged = await judgeBothSides(context, judged, ofOwnPrediction(sides, tensors, mean));
  return judged;
}
