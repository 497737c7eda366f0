/** The classes of the sheet, and what is made of them: a student's objects, which stay inside. */
import type { Arg, Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answered } from '../question.ts';
import { makeArray } from '../numerics/arrays.ts';
import { unlessStopped } from '../stopped.ts';
import type { Handle } from './student-objects.ts';
import { callAny, construct } from './student-objects.ts';
import type { Layout } from './stored-layer.ts';
import { setLayer } from './stored-layer.ts';

const classes = {
  Sigmoid: { module: 'sigmoid', name: 'Sigmoid' },
  Softmax: { module: 'softmax', name: 'Softmax' },
  CCE: { module: 'cce', name: 'CCE' },
  MLPLayer: { module: 'layer', name: 'MLPLayer' },
  MLP: { module: 'mlp', name: 'MLP' },
} as const;

export type ActivationName = 'Sigmoid' | 'Softmax';

/** A new object of one of the classes. */
export const make = (guest: Guest, name: keyof typeof classes, args: readonly Arg[] = []): Promise<Handle> =>
  construct(guest, classes[name], args);

export const forwardNames = ['forward', 'call'];
export const backwardNames = ['backward', 'backwards'];
export const weightsBackwardNames = ['weightsBackward', 'weightsBackwards', 'weights_backward', 'weights_backwards'];

/** `backward` of a new activation object: pre-activation, activation, error signal. */
export const askActivation = async (
  guest: Guest,
  name: ActivationName,
  args: readonly NdArray[],
): Promise<Answered> => ({
  value: await callAny(guest, await make(guest, name), backwardNames, args),
});

/** A layer with these weights, activated by a new object of the student's. */
export async function makeLayer(
  guest: Guest,
  activation: ActivationName,
  W: number[][],
  b: number[],
): Promise<{ layer: Handle; layout: Layout }> {
  const { id } = await make(guest, activation);
  const layer = await make(guest, 'MLPLayer', [{ kind: 'handle', id }, b.length, W.length, { kind: 'rng', seed: 1 }]);
  return { layer, layout: await setLayer(guest, layer.id, '', W, b) };
}

/** Whether the student's CCE says that its gradient goes through the softmax already; one that does not run says nothing. */
export const saysCombined = (guest: Guest): Promise<boolean> =>
  unlessStopped(async () => {
    const { id } = await make(guest, 'CCE');
    // A static field says it as well.
    for (const path of ['combined', 'constructor.combined']) if ((await guest.get(id, path)) === true) return true;
    return false;
  }, false);

/** Whether a program says `combined`, as a number of an answer: 2 for yes, 1 for no, never 0, so that an error has a scale. */
export const flag = (combined: boolean): NdArray => makeArray([], [combined ? 2 : 1]);
