/** Layers as objects judged, each part with what it builds on: a mistake that was paid for there is followed through. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail } from '../check.ts';
import { evaluate, firstWrong, judgeTensor } from '../evaluate.ts';
import { arrayOf, zipArrays } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import { unlessStopped } from '../stopped.ts';
import { judgeBothSides } from '../two-sided.ts';
import { judgeCombined } from './combined-loss.ts';
import { saysCombined } from './combined-loss-question.ts';
import { writesIntoArguments } from './dense-layer-arguments.ts';
import type { Gradient } from './dense-layer-own.ts';
import { ofOwnForward, ownActivation, ownComposition, ownHandedOn } from './dense-layer-own.ts';
import type { BackProbe, LayerProbe } from './dense-layer-question.ts';
import { askLayer } from './dense-layer-question.ts';
import type { EarlierPart } from './own-parts.ts';
import { followingOwn, wrongParts } from './own-parts.ts';

/** `forward`; a wrong activation object has lost its marks in an earlier part. */
export const judgeLayerForward = async (
  context: CheckContext,
  problem: Problem<LayerProbe>,
  earlier: readonly EarlierPart[],
): Promise<Judgement> =>
  followingOwn(judgeTensor(await evaluate(context, problem), 'y', 'The result of forward'), context, {
    problem,
    tensors: ['y'],
    earlier,
    own: ownActivation,
  });

/** `weightsBackward` of a sigmoid layer. A right sigmoid in `forward` is taken back: ∂/∂z = ∂/∂a · a(1 − a). */
export async function judgeWeights(
  context: CheckContext,
  tensor: Gradient,
  layer: {
    problem: Problem<BackProbe>;
    argumentsLeft: Problem<BackProbe>;
    forward: Problem<LayerProbe>;
    sigmoid: EarlierPart;
    paidIn: string;
  },
): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, layer.problem), tensor, tensor);
  if (judgement.earned === 1) {
    return tensor === 'dInput' && (await writesIntoArguments(context, layer.argumentsLeft))
      ? fail(written, { earned: 0.75 })
      : judgement;
  }
  if ((await wrongParts(context, [layer.sigmoid])).length > 0) return judgement;
  return judgeBothSides(context, judgement, {
    ...ofOwnForward(layer.problem, layer.forward, [tensor]),
    form: 'straight',
    upstream: ({ error }, y) => zipArrays(arrayOf(error), y, (gradient, a) => gradient / (a * (1 - a))),
    paidIn: layer.paidIn,
  });
}

const written = {
  says: 'weightsBackward is right, but writes into an array that it was given.',
  hint: 'Build new arrays: the input of a layer is the activation of the one below, which its way back and the tape still need.',
};

/** A whole layer on its way back. */
export interface WholeLayer {
  problem: Problem<BackProbe>;
  forward: Problem<LayerProbe>;
  /** The parts that its way back is put together of. */
  halves: readonly EarlierPart[];
  /** Where its way forwards is paid for. */
  paidIn: string;
  /** Of a softmax layer: the derivative of the loss, which may have gone through the softmax already. */
  loss?: EarlierPart;
}

export const gradients: readonly Gradient[] = ['dW', 'dB', 'dInput'];

/** `backward`: right, or ours of the student's own halves, or the gradient of their own `forward`. */
export async function judgeWhole(context: CheckContext, layer: WholeLayer): Promise<Judgement> {
  const { problem, forward, halves, paidIn, loss } = layer;
  const evaluation = await evaluate(context, problem);
  const words = { dW: 'dW', dB: 'dB', dInput: 'dInput' };
  const judgement = loss === undefined ? firstWrong(evaluation, words) : judgeCombined(evaluation, words);
  const along = { problem, tensors: gradients };
  const composed = await followingOwn(judgement, context, { ...along, earlier: halves, own: ownComposition });
  const followed = await judgeBothSides(context, composed, {
    ...ofOwnForward(problem, forward, gradients),
    form: 'curved',
    upstream: ({ error }) => arrayOf(error),
    ask: async (guest, probe, y) =>
      loss !== undefined && (await saysCombined(guest)) ? { value: null } : askLayer(guest, probe, 'backward', y),
    paidIn,
  });
  if (loss === undefined || !(await isUndeclared(context, loss))) return followed;
  // The softmax is then right to hand on; weights that are wrong as well have lost their marks too.
  return followingOwn(followed, context, { ...along, earlier: [loss, ...halves], own: ownHandedOn });
}

/** Whether the loss goes through the softmax without saying so, and has lost its marks for it. */
const isUndeclared = (context: CheckContext, { problem }: EarlierPart): Promise<boolean> =>
  unlessStopped(async () => {
    const { diagnosis } = await evaluate(context, problem);
    return diagnosis?.mistakes.some((id) => id.startsWith('undeclared')) ?? false;
  }, false);
