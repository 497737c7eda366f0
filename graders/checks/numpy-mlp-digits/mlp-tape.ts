/** What the tape of a step keeps beside the gradients: the pre-activations and activations of the step's own way forwards. */
import { linearForward } from '../../../reference/oracles/layers.ts';
import { agree } from '../../follow-through.ts';
import type { Finding, Guest, NdArray, Value } from '../../model.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import { arrayOf, rowsOf, sameShape } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, isHandle } from '../../values.ts';
import { makeNet, sizesOf } from './mlp-forward.ts';
import { callAny } from '../../kinds/student-objects.ts';

/** Of one layer, or of the oracle's. */
interface Kept {
  preActivation: NdArray;
  activation: NdArray;
}

const names = ['activation', 'preActivation'] as const;

/** What is wrong with what the tape keeps of the way forwards, if anything. `isPaid`: whether wrong layers have lost marks. */
export async function tapeFault(
  guest: Guest,
  net: MlpCase,
  tape: readonly Value[],
  isPaid: () => Promise<boolean>,
): Promise<Finding | undefined> {
  const sizes = sizesOf(net);
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
    agree(kept[l]!.activation, right[l]!.activation) &&
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
    const activation = await guest.get(mlp.id, `layers.${l}.activation`, { keep: 'handle' });
    if (!isHandle(activation)) return [];
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
      const object = await guest.get(mlp.id, `layers.${l}${path}`, { keep: 'handle' });
      return isHandle(object) ? arrayFrom(await callAny(guest, object, methods, [input])) : undefined;
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

const forwardNames = ['forward', 'call'];
