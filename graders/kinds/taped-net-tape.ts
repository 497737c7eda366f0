/** The tape of a step: its form, and what it keeps beside the gradients, pre-activations and activations of the way forwards. */
import { linearForward } from '../../reference/oracles/layers.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate, isAttempt } from '../evaluate.ts';
import { agree } from '../follow-through.ts';
import type { Finding } from '../model/finding.ts';
import type { Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import { forwardPass, rightRules } from '../mistakes/mlp/backprop.ts';
import { arrayOf, rowsOf, sameShape } from '../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, itemsOf } from '../values.ts';
import { firstTime } from './asked-again.ts';
import { otherRows } from './drawn-rows.ts';
import { keepsSomething, wrongParts } from './own-parts.ts';
import { unitsOf } from './parameters.ts';
import { callAny, innerObject } from './student-objects.ts';
import type { TapedNet } from './taped-net.ts';
import { forwardParts } from './taped-net.ts';
import { lastFirst, makeNet, rateOf, setNet, tapeOf } from './taped-net-question.ts';
import { backwardNames, forwardNames } from './layer-objects.ts';

/** One entry for each layer, the first one first, with what the step's own way forwards computed. */
export async function judgeTape(context: CheckContext, asked: TapedNet): Promise<Judgement> {
  const deepest = asked.gradients[0]!;
  const [net] = context.probes(deepest);
  const value = firstTime((await context.ask(deepest, net!)).value);
  const tape = tapeOf(value, net!);
  if (tape === undefined) {
    const yours = inWords(fieldOf(fieldOf(value, 'got'), 'tape'));
    return fail({
      says: 'backward should return { loss, tape } with one entry for each layer.',
      yours,
      expected: `${net!.W.length} entries with dW, dB, activation and preActivation`,
    });
  }
  if (lastFirst(tape, net!)) {
    return fail({
      says: 'The tape begins with the last layer.',
      expected: 'the first layer first',
      hint: 'The way back fills it from the end: write entry l of the tape for layer l, or turn the tape round at the end.',
    });
  }
  if (!(await attemptsGradients(context, asked))) {
    return fail({
      says: 'The tape has the right form, but none of its gradients resembles one.',
      hint: 'This mark needs an attempt at the gradients; it may be wrong.',
    });
  }
  const isPaid = async () => (await wrongParts(context, forwardParts(asked))).length > 0;
  const overwritten = await overwrites(context, asked);
  const fault = await tapeFault(await context.guest(), net!, tape, { isPaid, overwritten });
  if (fault !== undefined) return fail(fault);
  const again = await secondTape(context, net!);
  if (again === undefined) return pass();
  if (again.length !== tape.length) {
    return fail({
      says: 'The tape of a second call does not have one entry for each layer.',
      yours: `${again.length} entries`,
      expected: `${tape.length} entries`,
      hint: 'Begin every call with an empty tape.',
    });
  }
  const later = await tapeFault(await context.guest(), net!, again, { isPaid, overwritten });
  if (later === undefined) return pass();
  return fail({ ...later, says: `${later.says} It is so in a second call, on another mini-batch than the first.` });
}

/** The tape of a call on a network that has taken a step on another mini-batch; undefined where there is none. */
async function secondTape(context: CheckContext, net: MlpCase): Promise<readonly Value[] | undefined> {
  const guest = await context.guest();
  const { mlp } = await makeNet(guest, net);
  const step = (X: number[][]) => callAny(guest, mlp, backwardNames, [arrayOf(X), arrayOf(net.Y), rateOf(net)]);
  await step(otherRows(net.X));
  await setNet(guest, mlp, net);
  return itemsOf(fieldOf(await step(net.X), 'tape'));
}

/** Of one depth at least: what goes wrong between layers is nothing to a network with one. */
async function attemptsGradients(context: CheckContext, { gradients }: TapedNet): Promise<boolean> {
  for (const problem of gradients) if (await isAttempt(() => evaluate(context, problem))) return true;
  // What is right in a first call is an attempt, too.
  return keepsSomething(
    context,
    gradients.map((problem) => ({ problem })),
  );
}

/** Of one layer, or of the oracle's. */
interface Kept {
  preActivation: NdArray;
  activation: NdArray;
}

const names = ['activation', 'preActivation'] as const;

/** Whether a layer writes into its input on the way back, and has paid for that: the activation below is then lost to the tape. */
async function overwrites(context: CheckContext, { layers }: TapedNet): Promise<boolean> {
  for (const { isWrongBesides } of layers.backward) if (await isWrongBesides?.(context)) return true;
  return false;
}

/** What is wrong with what the tape keeps of the way forwards, if anything. `isPaid`: whether wrong layers have lost marks. */
async function tapeFault(
  guest: Guest,
  net: MlpCase,
  tape: readonly Value[],
  { isPaid, overwritten }: { isPaid(): Promise<boolean>; overwritten: boolean },
): Promise<Finding | undefined> {
  const sizes = unitsOf(net);
  const kept: Kept[] = [];
  for (const [l, entry] of tape.entries()) {
    const shape = [net.X.length, sizes[l + 1]!];
    const [activation, preActivation] = names.map((name) => arrayFrom(fieldOf(entry, name)));
    for (const [i, array] of [activation, preActivation].entries()) {
      if (array !== undefined && sameShape(array.shape, shape)) continue;
      const name = names[i]!;
      return {
        says: `The tape of layer ${l + 1} has no ${name} of shape examples × units.`,
        yours: inWords(fieldOf(entry, name)),
        expected: shape.join('×'),
      };
    }
    kept.push({ preActivation: preActivation!, activation: activation! });
  }
  const right = rightWay(net);
  const left = await leftBehind(guest, net, right);
  const isRight = (l: number) =>
    (agree(kept[l]!.activation, right[l]!.activation) || (overwritten && l < kept.length - 1)) &&
    (agree(kept[l]!.preActivation, right[l]!.preActivation) || agree(kept[l]!.preActivation, left[l]));
  const wrong = kept.findIndex((_, l) => !isRight(l));
  if (wrong < 0 || ((await isPaid()) && (await followsOwnLayers(guest, net, kept)))) return undefined;
  const name = names.find((which) => !agree(kept[wrong]![which], right[wrong]![which]))!;
  return {
    says: `The ${name} on the tape of layer ${wrong + 1} is not the one of this step's way forwards.`,
    hint: 'Keep what was computed on the way forwards, before any weight is updated: x · weights + bias, and its activation.',
  };
}

/** What the student's activations leave of their arguments: one that writes into them has lost a mark in 2.2 or 2.3. */
async function leftBehind(guest: Guest, net: MlpCase, right: readonly Kept[]): Promise<(NdArray | undefined)[]> {
  const { mlp } = await makeNet(guest, net);
  const left: (NdArray | undefined)[] = [];
  for (const [l, { preActivation }] of right.entries()) {
    const activation = await innerObject(guest, mlp.id, `layers.${l}.activation`);
    if (activation === undefined) return [];
    const target = { handle: activation.id, method: 'call' };
    const { argsAfter } = await guest.call(target, [preActivation], { argsAfter: true });
    left.push(arrayFrom(argsAfter?.[0]));
  }
  return left;
}

function rightWay(net: MlpCase): Kept[] {
  const { z, a } = forwardPass(net, rightRules);
  return z.map((rows, l) => ({ preActivation: arrayOf(rows), activation: arrayOf(a[l + 1]!) }));
}

/**
 * Whether layers that are wrong, and have lost their marks, lead here. An activation is what the layer makes of the one
 * before, or the network of everything; a pre-activation is x · weights + bias, or what the activation object makes the
 * activation of. What a wrong network hands to its first layer is not known.
 */
async function followsOwnLayers(guest: Guest, net: MlpCase, kept: readonly Kept[]): Promise<boolean> {
  const { mlp } = await makeNet(guest, net);
  const prediction = arrayFrom(await callAny(guest, mlp, forwardNames, [arrayOf(net.X)]));
  let x = arrayOf(net.X);
  for (const [l, { preActivation, activation }] of kept.entries()) {
    const call = async (path: string, methods: readonly string[], input: NdArray) => {
      const object = await innerObject(guest, mlp.id, `layers.${l}${path}`);
      return object && arrayFrom(await callAny(guest, object, methods, [input]));
    };
    const leads = agree(activation, await call('.activation', ['call'], preActivation));
    const isAffine = agree(preActivation, arrayOf(linearForward(rowsOf(x), net.W[l]!, net.b[l]!)));
    const isFirst = l === 0 && leads && new Set(preActivation.data).size > 1;
    const isOwn =
      (leads && isAffine) ||
      agree(activation, await call('', forwardNames, x)) ||
      (l === kept.length - 1 && agree(activation, prediction));
    if (!isFirst && !((leads || isAffine) && isOwn)) return false;
    x = activation;
  }
  return true;
}
