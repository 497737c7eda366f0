/**
 * What of layers and networks builds on what: each part with its judgement, in which a mistake of an earlier part, that has
 * lost its marks there, is followed through.
 */
import type { CheckContext, Judgement } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, firstWrong, judgeTensor } from '../../evaluate.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { arrayOf, zipArrays } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';
import { unlessStopped } from '../../stopped.ts';
import { judgeBothSides } from '../../two-sided.ts';
import type { EarlierPart } from '../../kinds/own-parts.ts';
import { followingOwn, wrongParts } from '../../kinds/own-parts.ts';
import { judgeLossGradient, judgeZeroGradient } from './cce.ts';
import { cceBackward, cceCall } from './cce-problems.ts';
import { cceBackwardTiny, cceCallTiny } from './cce-tiny.ts';
import { judgeCombined } from '../../kinds/combined-loss.ts';
import { layerForward, sigmoidLayer, softmaxLayer, weightsBackward } from './layer-key.ts';
import type { Gradient } from './layer-own.ts';
import { ofOwnForward, ownActivation, ownComposition, ownHandedOn } from './layer-own.ts';
import type { BackProbe } from './layer-question.ts';
import { askLayer } from './layer-question.ts';
import { gradients, mlpForward } from './mlp-key.ts';
import { averagings, ofOwnPrediction, ownGradients, ownPrediction } from './mlp-own.ts';
import { besideUpdate } from './mlp-untaped.ts';
import { saysCombined } from '../../kinds/combined-loss-question.ts';
import { judgeSigmoidBackward, sigmoidBackward, sigmoidCall } from './sigmoid.ts';
import { softmaxCall } from './softmax.ts';

const activationParts: readonly EarlierPart[] = [
  { task: '2.2', problem: sigmoidCall },
  { task: '2.3', problem: softmaxCall },
];

/** A wrong activation object has lost its marks in 2.2 or 2.3. */
export const judgeLayerForward = async (context: CheckContext): Promise<Judgement> =>
  followingOwn(judgeTensor(await evaluate(context, layerForward), 'y', 'The result of forward'), context, {
    problem: layerForward,
    tensors: ['y'],
    earlier: activationParts,
    own: ownActivation,
  });

/** Before the activation: a right sigmoid behind it is taken back, ∂/∂z = ∂/∂a · a(1 − a). */
export async function judgeWeights(context: CheckContext, tensor: Gradient): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, weightsBackward), tensor, tensor);
  if (judgement.earned === 1 || (await wrongParts(context, [{ task: '2.2', problem: sigmoidCall }])).length > 0) {
    return judgement;
  }
  return judgeBothSides(context, judgement, {
    ...ofOwnForward(weightsBackward, [tensor]),
    form: 'straight',
    upstream: ({ error }, y) => zipArrays(arrayOf(error), y, (gradient, a) => gradient / (a * (1 - a))),
    paidIn: '2.4',
  });
}

const tensors = ['dW', 'dB', 'dInput'] as const;

/** Parts of a layer, for whole layers and for networks. */
const halves: readonly EarlierPart[] = [
  { task: '3.2', problem: sigmoidBackward, judges: [judgeSigmoidBackward] },
  {
    task: '3.3',
    problem: weightsBackward,
    judges: tensors.map((tensor) => (context: CheckContext) => judgeWeights(context, tensor)),
  },
];

/** A whole layer on its way back: ours of the student's own halves, or the gradient of their own forward. */
export async function judgeWhole(context: CheckContext, problem: Problem<BackProbe>): Promise<Judgement> {
  const evaluation = await evaluate(context, problem);
  const words = { dW: 'dW', dB: 'dB', dInput: 'dInput' };
  const isSoftmax = problem === softmaxLayer;
  const judgement = isSoftmax ? judgeCombined(evaluation, words) : firstWrong(evaluation, words);
  const earlier = isSoftmax ? halves.slice(1) : [activationParts[0]!, ...halves];
  const composed = await followingOwn(judgement, context, { problem, tensors, earlier, own: ownComposition });
  const followed = await judgeBothSides(context, composed, {
    ...ofOwnForward(problem, tensors),
    form: 'curved',
    upstream: ({ error }) => arrayOf(error),
    ask: async (guest, probe, y) =>
      isSoftmax && (await saysCombined(guest)) ? { value: null } : askLayer(guest, probe, 'backward', y),
    paidIn: isSoftmax ? '2.3 or 2.4' : '2.2 or 2.4',
  });
  if (!isSoftmax || !(await undeclared(context))) return followed;
  // The softmax is then right to hand on; weights that are wrong as well have lost their marks too.
  const lossFirst = [{ task: '3.1', problem: cceBackward }, ...earlier];
  return followingOwn(followed, context, { problem, tensors, earlier: lossFirst, own: ownHandedOn });
}

/** A loss that goes through the softmax without saying so has lost its marks in 3.1; the softmax is then right to hand on. */
const undeclared = (context: CheckContext): Promise<boolean> =>
  unlessStopped(async () => {
    const { diagnosis } = await evaluate(context, cceBackward);
    return diagnosis?.mistakes.some((id) => id.startsWith('undeclared')) ?? false;
  }, false);

const forwardParts: readonly EarlierPart[] = [
  ...activationParts,
  { task: '2.4', problem: layerForward, judges: [judgeLayerForward] },
];

/** Layers that are wrong by themselves have lost their marks; what counts here is how they are put together. */
export const judgeNetForward = async (context: CheckContext): Promise<Judgement> =>
  followingOwn(judgeTensor(await evaluate(context, mlpForward), 'p', 'The prediction'), context, {
    problem: mlpForward,
    tensors: ['p'],
    earlier: forwardParts,
    own: ownPrediction,
  });

/** What a network's way back builds on. */
export const stepParts: readonly EarlierPart[] = [
  ...forwardParts,
  ...halves,
  ...[sigmoidLayer, softmaxLayer].map((problem) => ({
    task: '3.4',
    problem,
    judges: [(context: CheckContext) => judgeWhole(context, problem)],
  })),
  { task: '2.6', problem: cceCall },
  { task: '2.6', problem: cceCallTiny },
  { task: '3.1', problem: cceBackward, judges: [judgeLossGradient] },
  { task: '3.1', problem: cceBackwardTiny, judges: [judgeZeroGradient] },
  { task: '2.5', problem: mlpForward, judges: [judgeNetForward] },
];

const namesOf = (evaluation: Evaluation, part: 'W' | 'b') =>
  Object.keys(evaluation.tensors).filter((name) => name.startsWith(part));

/** Full marks for right gradients of all weights or all biases; a third where only those of the last layers are right. */
export async function judgeGradients(context: CheckContext, part: 'W' | 'b'): Promise<Judgement> {
  let best: Judgement | undefined;
  for (const problem of gradients) {
    const evaluation = await evaluate(context, problem);
    const names = namesOf(evaluation, part);
    const words = Object.fromEntries(names.map((name) => [name, `The gradient of ${name}`]));
    const composed = await following(context, problem, names, firstWrong(evaluation, words));
    const followed = await besideUpdate(composed, context, problem, names);
    if (followed.earned < 1) return { ...followed, earned: (await lastLayersRight(context, part)) ? 1 / 3 : 0 };
    if (best === undefined || followed.followThrough !== undefined) best = followed;
  }
  return best!;
}

/** The last layer of every network is right: the error has only not found its way down. */
async function lastLayersRight(context: CheckContext, part: 'W' | 'b'): Promise<boolean> {
  for (const problem of gradients) {
    const evaluation = await evaluate(context, problem);
    if (judgeTensor(evaluation, namesOf(evaluation, part).at(-1)!, '').earned < 1) return false;
  }
  return true;
}

/** Judged with the student's own layers and loss; whether their gradients are sums or means is left open there too. */
async function following(
  context: CheckContext,
  problem: Problem<MlpCase>,
  names: readonly string[],
  judgement: Judgement,
): Promise<Judgement> {
  let judged = judgement;
  for (const averaging of averagings) {
    judged = await followingOwn(judged, context, {
      problem,
      tensors: names,
      earlier: stepParts,
      own: (guest, net) => ownGradients(guest, net, averaging),
    });
  }
  for (const mean of [true, false])
    judged = await judgeBothSides(context, judged, ofOwnPrediction(problem, names, mean));
  return judged;
}

/** The gradients of networks, for what builds on them. */
export const gradientParts: readonly EarlierPart[] = gradients.map((problem) => ({
  task: '3.5',
  problem,
  judges: [(context) => judgeGradients(context, 'W'), (context) => judgeGradients(context, 'b')],
}));
