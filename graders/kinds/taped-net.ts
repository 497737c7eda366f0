/** Networks whose step returns a tape of gradients: what such a network is put together of, and its predictions judged. */
import type { CheckContext, Judgement } from '../check.ts';
import { evaluate, judgeTensor } from '../evaluate.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Problem } from '../problem.ts';
import type { EarlierPart } from './own-parts.ts';
import { followingOwn } from './own-parts.ts';
import { ownPrediction } from './taped-net-own.ts';

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
