/** The gradients on the tape, judged: right, or what the student's own layers and loss lead to. */
import type { Desk, Judgement } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, judgeTensor, firstWrong } from '../../evaluate.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Problem } from '../../problem.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { gradients } from './mlp-step.ts';
import { besideUpdate } from './mlp-untaped.ts';
import { averagings, ofOwnPrediction, ownGradients, stepParts } from './own-gradients.ts';
import type { EarlierPart } from '../../kinds/own-parts.ts';
import { followingOwn } from '../../kinds/own-parts.ts';

const namesOf = (evaluation: Evaluation, part: 'W' | 'b') =>
  Object.keys(evaluation.tensors).filter((name) => name.startsWith(part));

/** Full marks for right gradients of all weights or all biases; a third where only those of the last layers are right. */
export async function judgeGradients(desk: Desk, part: 'W' | 'b'): Promise<Judgement> {
  let best: Judgement | undefined;
  for (const problem of gradients) {
    const evaluation = await evaluate(desk, problem);
    const names = namesOf(evaluation, part);
    const judgement = firstWrong(
      evaluation,
      Object.fromEntries(names.map((name) => [name, `The gradient of ${name}`])),
    );
    const composed = await following(desk, problem, names, judgement);
    const followed = await besideUpdate(composed, desk, problem, names);
    if (followed.earned < 1) return { ...followed, earned: (await lastLayersRight(desk, part)) ? 1 / 3 : 0 };
    if (best === undefined || followed.followThrough !== undefined) best = followed;
  }
  return best!;
}

/** The last layer of every network is right: the error has only not found its way down. */
async function lastLayersRight(desk: Desk, part: 'W' | 'b'): Promise<boolean> {
  for (const problem of gradients) {
    const evaluation = await evaluate(desk, problem);
    if (judgeTensor(evaluation, namesOf(evaluation, part).at(-1)!, '').earned < 1) return false;
  }
  return true;
}

/** Judged with the student's own layers and loss; whether their gradients are sums or means is left open there too. */
async function following(
  desk: Desk,
  problem: Problem<MlpCase>,
  tensors: readonly string[],
  judgement: Judgement,
): Promise<Judgement> {
  let judged = judgement;
  for (const averaging of averagings) {
    judged = await followingOwn(judged, desk, {
      problem,
      tensors,
      earlier: stepParts,
      own: (guest, net) => ownGradients(guest, net, averaging),
    });
  }
  for (const mean of [true, false]) {
    judged = await judgeBothSides(desk, judged, ofOwnPrediction(problem, tensors, mean));
  }
  return judged;
}

/** The gradients, for what builds on them. */
export const gradientParts: readonly EarlierPart[] = gradients.map((problem) => ({
  task: '3.5',
  problem,
  judges: [(desk) => judgeGradients(desk, 'W'), (desk) => judgeGradients(desk, 'b')],
}));
