/** The classes of the sheet, and what is made of them: a student's objects, which stay inside. */
import type { Arg, Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayFrom } from '../values.ts';
import type { Handle } from './student-objects.ts';
import { callAny, construct } from './student-objects.ts';
import type { Layout } from './stored-layer.ts';
import { setLayers } from './stored-layer.ts';

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

/** What a method of a new object gives, under any of its names; undefined where that is no array of numbers. */
export const askNew = async (
  guest: Guest,
  name: keyof typeof classes,
  methods: readonly string[],
  args: readonly Arg[],
): Promise<NdArray | undefined> => arrayFrom(await callAny(guest, await make(guest, name), methods, args));

/** A layer with these weights, activated by a new object of the student's. */
export async function makeLayer(
  guest: Guest,
  activation: ActivationName,
  W: number[][],
  b: number[],
): Promise<{ layer: Handle; layout: Layout }> {
  const { id } = await make(guest, activation);
  const layer = await make(guest, 'MLPLayer', [{ kind: 'handle', id }, b.length, W.length, { kind: 'rng', seed: 1 }]);
  const [layout] = await setLayers(guest, layer.id, [{ path: '', W, b }]);
  return { layer, layout: layout! };
}
