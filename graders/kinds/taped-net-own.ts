/** What the student's own layers and loss lead to, put together to a network by us. */
import { linearForward } from '../../reference/oracles/layers.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { Sides } from '../two-sided.ts';
import { agree } from '../follow-through.ts';
import { arrayOf, mapArray, rowsOf, sameShape, zipArrays } from '../numerics/arrays.ts';
import { arrayFrom, fieldOf } from '../values.ts';
import { parametersOf, withParameters } from './parameters.ts';
import { readGradients } from './stored-layer.ts';
import type { Handle } from './student-objects.ts';
import { callAny, innerObject, methodOf } from './student-objects.ts';
import { makeNet } from './taped-net-question.ts';
import { askNew, backwardNames, forwardNames, make } from './layer-objects.ts';

/** The prediction of the student's layers, if each has the activation that belongs there. */
export async function ownPrediction(guest: Guest, net: MlpCase): Promise<Answer | undefined> {
  const { mlp } = await makeNet(guest, net);
  let a = arrayOf(net.X);
  for (const l of net.W.keys()) {
    const layer = await innerObject(guest, mlp.id, `layers.${l}`);
    if (layer === undefined) return undefined;
    // Whether the right activation was chosen is still at stake: the name of its class says it, whatever that is.
    const activation = await innerObject(guest, layer.id, 'activation');
    const [wanted, other] =
      l === net.W.length - 1 ? (['Softmax', 'Sigmoid'] as const) : (['Sigmoid', 'Softmax'] as const);
    const { className } = await make(guest, wanted);
    if (activation === undefined || activation.className !== className) return undefined;
    if ((await make(guest, other)).className === className) return undefined;
    const next = arrayFrom(await callAny(guest, layer, forwardNames, [a]));
    if (next === undefined) return undefined;
    a = next;
  }
  return { p: a };
}

/** Where a network takes the mean over the mini-batch: in the error signal at the top, in the gradients, or nowhere. */
export const averagings = ['nowhere', 'first', 'last'] as const;
type Averaging = (typeof averagings)[number];

/** Forwards through the student's layers, backwards through their loss and layers; undefined where one gives no array of its shape. */
export async function ownGradients(guest: Guest, net: MlpCase, averaging: Averaging): Promise<Answer | undefined> {
  const { mlp, layouts } = await makeNet(guest, net);
  const layers: Handle[] = [];
  const passes: { x: NdArray; z: NdArray; a: NdArray }[] = [];
  let x = arrayOf(net.X);
  for (const [l, W] of net.W.entries()) {
    const layer = await innerObject(guest, mlp.id, `layers.${l}`);
    if (layer === undefined) return undefined;
    const a = arrayFrom(await callAny(guest, layer, forwardNames, [x]));
    if (a === undefined || !sameShape(a.shape, [net.X.length, net.b[l]!.length])) return undefined;
    const affine = arrayOf(linearForward(rowsOf(x), W, net.b[l]!));
    passes.push({ x, z: await behind(guest, layer, { affine, a, isLast: l === net.W.length - 1 }), a });
    layers.push(layer);
    x = a;
  }
  const mean = (array: NdArray) => mapArray(array, (v) => v / net.X.length);
  const ofLoss = await askNew(guest, 'CCE', backwardNames, [x, arrayOf(net.Y)]);
  let error = ofLoss && averaging === 'first' ? mean(ofLoss) : ofLoss;
  const answer: Record<string, NdArray> = {};
  for (let l = layers.length - 1; l >= 0; l--) {
    if (error === undefined) return undefined;
    const { x: input, z, a } = passes[l]!;
    const method = methodOf(layers[l]!, backwardNames);
    const sent = [error, input, z, a];
    const { value: got, argsAfter } = await guest.call({ handle: layers[l]!.id, method }, sent, { argsAfter: true });
    // What it writes into its input is what the layer below finds as its activation.
    const left = arrayFrom(argsAfter?.[1]);
    if (l > 0 && left !== undefined && sameShape(left.shape, input.shape)) passes[l - 1]!.a = left;
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

/**
 * The pre-activations of a layer: x · weights + bias, or, where the layer makes its output of something else, what that is by its
 * right activation. A softmax leaves open what was added to all numbers of a row, and asks for it neither way.
 */
async function behind(
  guest: Guest,
  layer: Handle,
  { affine, a, isLast }: { affine: NdArray; a: NdArray; isLast: boolean },
): Promise<NdArray> {
  const activation = await innerObject(guest, layer.id, 'activation');
  if (activation === undefined) return affine;
  const leads = async (z: NdArray) => agree(arrayFrom(await callAny(guest, activation, ['call'], [z])), a);
  if (await leads(affine)) return affine;
  const undone = mapArray(a, (p) => (isLast ? Math.log(p) : Math.log(p / (1 - p))));
  return undone.data.every(Number.isFinite) && (await leads(undone)) ? undone : affine;
}

/** The cross-entropy of what the student's own `forward` predicts, as the mean over the mini-batch or as the sum. */
export function ofOwnPrediction(
  { backward, forward, paidIn }: { backward: Problem<MlpCase>; forward: Problem<MlpCase>; paidIn: string },
  names: readonly string[],
  mean: boolean,
): Sides<MlpCase, MlpCase> {
  return {
    backward,
    forward,
    output: 'p',
    form: 'curved',
    inputs: (net) => Object.fromEntries(names.map((name) => [name, parametersOf(net)[name]!])),
    at: (net, moved) => ({ ...net, ...withParameters(net, moved) }),
    upstream: ({ X, Y }, p) =>
      zipArrays(arrayOf(Y), p, (target, v) => (target === 0 ? 0 : -target / v / (mean ? X.length : 1))),
    paidIn,
  };
}
