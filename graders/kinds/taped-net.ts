/** Networks that return a tape judged: their predictions and their gradients, each part with what it builds on. */
import type { CheckContext, Judgement } from '../check.ts';
import type { Evaluation } from '../evaluate.ts';
import { evaluate, firstWrong, judgeTensor } from '../evaluate.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Problem } from '../problem.ts';
import { judgeBothSides } from '../two-sided.ts';
import type { EarlierPart } from './own-parts.ts';
import { followingOwn } from './own-parts.ts';
import { averagings, ofOwnPrediction, ownGradients, ownPrediction } from './taped-net-own.ts';
import { besideUpdate } from './taped-net-untaped.ts';

/** The problems of a network, and what they build on. */
export interface TapedNet {
  forward: Problem<MlpCase>;
  /** Of networks of several depths, the deepest first: its mistakes have the most telling names. */
  gradients: readonly Problem<MlpCase>[];
  update: Problem<MlpCase>;
  /** The gradients of the networks that take these steps. */
  alongStep: Problem<MlpCase>;
  /** What it is put together of. */
  layers: BothWays;
  loss: BothWays;
  tasks: { forward: string; backward: string };
}

/** Parts that a network is put together of, on its way forwards and back. */
export interface BothWays {
  forward: readonly EarlierPart[];
  backward: readonly EarlierPart[];
}

/** Layers that are wrong by themselves have lost their marks; what counts here is how they are put together. */
export const judgeNetForward = async (context: CheckContext, { forward, layers }: TapedNet): Promise<Judgement> =>
  followingOwn(judgeTensor(await evaluate(context, forward), 'p', 'The prediction'), context, {
    problem: forward,
    tensors: ['p'],
    earlier: layers.forward,
    own: ownPrediction,
  });

const netPart = (net: TapedNet): EarlierPart => ({
  task: net.tasks.forward,
  problem: net.forward,
  judges: [(context) => judgeNetForward(context, net)],
});

/** What its way forwards builds on, and that itself. */
export const forwardParts = (net: TapedNet): readonly EarlierPart[] => [
  ...net.layers.forward,
  ...net.loss.forward,
  netPart(net),
];

/** What its way back builds on. */
export const stepParts = (net: TapedNet): readonly EarlierPart[] => [
  ...net.layers.forward,
  ...net.layers.backward,
  ...net.loss.forward,
  ...net.loss.backward,
  netPart(net),
];

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
    if (followed.earned < 1) return { ...followed, earned: (await lastLayersRight(context, net, part)) ? 1 / 3 : 0 };
    if (best === undefined || followed.followThrough !== undefined) best = followed;
  }
  return best!;
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
