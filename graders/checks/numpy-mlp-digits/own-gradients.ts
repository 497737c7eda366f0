/** The gradients of a network that is put together from the student's own layers and loss. */
import { linearForward } from '../../../reference/oracles/layers.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Guest, NdArray } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import type { Sides } from '../../two-sided.ts';
import type { NamedArrays } from '../../numerics/arrays.ts';
import { arrayOf, mapArray, rowsOf, sameShape, zipArrays } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, isHandle } from '../../values.ts';
import { cceBackward, cceCall } from './cce-problems.ts';
import { cceBackwardTiny, cceCallTiny } from './cce-tiny.ts';
import { judgeLossGradient, judgeZeroGradient } from './cce.ts';
import { layerParts } from './layer.ts';
import { judgeNetForward } from './mlp.ts';
import { makeNet, mlpForward } from './mlp-forward.ts';
import { backwardNames, make } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import type { EarlierPart } from '../../kinds/own-parts.ts';
import { readGradients } from '../../kinds/stored-layer.ts';

/** What a network's way back builds on. */
export const stepParts: readonly EarlierPart[] = [
  ...layerParts,
  { task: '2.6', problem: cceCall },
  { task: '2.6', problem: cceCallTiny },
  { task: '3.1', problem: cceBackward, judges: [judgeLossGradient] },
  { task: '3.1', problem: cceBackwardTiny, judges: [judgeZeroGradient] },
  { task: '2.5', problem: mlpForward, judges: [judgeNetForward] },
];

/** Where a network takes the mean over the mini-batch: in the error signal at the top, in the gradients, or nowhere. */
export const averagings = ['nowhere', 'first', 'last'] as const;
export type Averaging = (typeof averagings)[number];

/** Forwards through the student's layers, backwards through their loss and layers; undefined where one gives no array of its shape. */
export async function ownGradients(guest: Guest, net: MlpCase, averaging: Averaging): Promise<Answer | undefined> {
  const { mlp, layouts } = await makeNet(guest, net);
  const layers = [];
  const passes: { x: NdArray; z: NdArray; a: NdArray }[] = [];
  let x = arrayOf(net.X);
  for (const [l, W] of net.W.entries()) {
    const layer = await guest.get(mlp.id, `layers.${l}`, { keep: 'handle' });
    if (!isHandle(layer)) return undefined;
    const a = arrayFrom(await callAny(guest, layer, ['forward', 'call'], [x]));
    if (a === undefined || !sameShape(a.shape, [net.X.length, net.b[l]!.length])) return undefined;
    passes.push({ x, z: arrayOf(linearForward(rowsOf(x), W, net.b[l]!)), a });
    layers.push(layer);
    x = a;
  }
  const mean = (array: NdArray) => mapArray(array, (v) => v / net.X.length);
  const ofLoss = arrayFrom(await callAny(guest, await make(guest, 'CCE'), backwardNames, [x, arrayOf(net.Y)]));
  let error = ofLoss && averaging === 'first' ? mean(ofLoss) : ofLoss;
  const answer: Record<string, NdArray> = {};
  for (let l = layers.length - 1; l >= 0; l--) {
    if (error === undefined) return undefined;
    const { x: input, z, a } = passes[l]!;
    const got = await callAny(guest, layers[l]!, backwardNames, [error, input, z, a]);
    const sizes = { inputs: net.W[l]!.length, units: net.b[l]!.length };
    const read = readGradients(got, { W: `W${l + 1}`, b: `b${l + 1}` }, layouts[l]!, sizes, '');
    if (!('answer' in read)) return undefined;
    for (const [name, array] of Object.entries(read.answer)) {
      answer[name] = averaging === 'last' ? mean(array) : array;
    }
    error = arrayFrom(fieldOf(got, 'dInput'));
  }
  return answer;
}

/** The cross-entropy of what the student's own `forward` predicts, as the mean over the mini-batch or as the sum. */
export function ofOwnPrediction(
  backward: Problem<MlpCase>,
  names: readonly string[],
  mean: boolean,
): Sides<MlpCase, MlpCase> {
  const parametersOf = ({ W, b }: MlpCase): NamedArrays =>
    Object.fromEntries(
      W.flatMap((weights, l) => [[`W${l + 1}`, arrayOf(weights)] as const, [`b${l + 1}`, arrayOf(b[l]!)] as const]),
    );
  return {
    backward,
    forward: mlpForward,
    output: 'p',
    form: 'curved',
    inputs: (net) => Object.fromEntries(names.map((name) => [name, parametersOf(net)[name]!])),
    at: (net, inputs) => ({
      ...net,
      W: net.W.map((W, l) => (inputs[`W${l + 1}`] ? rowsOf(inputs[`W${l + 1}`]!) : W)),
      b: net.b.map((b, l) => [...(inputs[`b${l + 1}`]?.data ?? b)]),
    }),
    upstream: ({ X, Y }, p) =>
      zipArrays(arrayOf(Y), p, (target, v) => (target === 0 ? 0 : -target / v / (mean ? X.length : 1))),
    paidIn: '2.5',
  };
}
