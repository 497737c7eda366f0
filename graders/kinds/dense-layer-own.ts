/** What the student's own activations and weights of a layer lead to, put together by us. */
import type { Guest } from '../model/guest.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { arrayOf, rowsOf, sameShape } from '../numerics/arrays.ts';
import type { NamedArrays } from '../numerics/arrays.ts';
import { record } from '../values.ts';
import { shapeOf } from './drawn-rows.ts';
import { callAny } from './student-objects.ts';
import { softmaxBackward } from '../../reference/oracles/layers.ts';
import { combinedProgram, preActivation, weightsProgram } from '../mistakes/layers/dense-layer.ts';
import type { BackProbe, LayerProbe } from './dense-layer-question.ts';
import { readLayer } from './dense-layer-question.ts';
import { saysCombined } from './combined-loss-question.ts';
import { askNew, backwardNames, forwardNames, makeLayer, weightsBackwardNames } from './layer-objects.ts';

/** The student's activation of the right pre-activations. */
export async function ownActivation(guest: Guest, { activation, x, W, b }: LayerProbe): Promise<Answer | undefined> {
  const z = arrayOf(preActivation({ x, W, b }));
  const y = await askNew(guest, activation, ['call'], [z]);
  return y && { y };
}

/**
 * What is behind the activation, and the student's own weightsBackward, put together. A sigmoid is the student's, whose marks
 * are in 3.2; the softmax is ours, since its marks are here. Undefined where the sigmoid gives another shape than z.
 */
export async function ownComposition(guest: Guest, probe: BackProbe): Promise<Answer | undefined> {
  const dz = probe.activation === 'Softmax' ? await rightSoftmax(guest, probe) : await ownSigmoid(guest, probe);
  if (dz === undefined) return undefined;
  return (await ownWeights(guest, probe, dz)) ?? weightsProgram.run({ ...probe, error: dz }, weightsProgram.right);
}

/** The error signal handed on to the student's own weightsBackward, as behind a loss that has gone through the softmax. */
export const ownHandedOn = async (guest: Guest, probe: BackProbe): Promise<Answer> =>
  (await ownWeights(guest, probe, probe.error)) ?? combinedProgram.run(probe, combinedProgram.right);

const rightSoftmax = async (guest: Guest, { a, error }: BackProbe): Promise<number[][]> =>
  (await saysCombined(guest)) ? error : softmaxBackward(a, error);

async function ownSigmoid(guest: Guest, { z, a, error }: BackProbe): Promise<number[][] | undefined> {
  const args = [z, a, error].map((rows) => arrayOf(rows));
  const dz = await askNew(guest, 'Sigmoid', backwardNames, args);
  return dz !== undefined && sameShape(dz.shape, shapeOf(z)) ? rowsOf(dz) : undefined;
}

async function ownWeights(guest: Guest, probe: BackProbe, dz: number[][]): Promise<Answer | undefined> {
  const { layer, layout } = await makeLayer(guest, probe.activation, probe.W, probe.b);
  // A layer may keep what went through it, and asks for it on the way back.
  await callAny(guest, layer, forwardNames, [arrayOf(probe.x)]);
  const args = [dz, probe.x, probe.z].map((rows) => arrayOf(rows));
  const got = await callAny(guest, layer, weightsBackwardNames, args);
  const { absorbed, transposed } = layout;
  const value = record({ got, absorbed, transposed });
  const read = readLayer({ value }, { ...probe, activation: 'Sigmoid' }, 'weightsBackward');
  return 'answer' in read ? read.answer : undefined;
}

export type Gradient = 'dW' | 'dB' | 'dInput';

/** What belongs to a gradient of the layer's own forward. */
export const ofOwnForward = (
  backward: Problem<BackProbe>,
  forward: Problem<LayerProbe>,
  names: readonly Gradient[],
) => ({
  backward,
  forward,
  output: 'y',
  inputs: ({ W, b, x }: BackProbe): NamedArrays => {
    const all = { dW: arrayOf(W), dB: arrayOf(b), dInput: arrayOf(x) };
    return Object.fromEntries(names.map((name) => [name, all[name]]));
  },
  at: (probe: BackProbe, { dW, dB, dInput }: NamedArrays): BackProbe => ({
    ...probe,
    W: dW ? rowsOf(dW) : probe.W,
    b: dB ? [...dB.data] : probe.b,
    x: dInput ? rowsOf(dInput) : probe.x,
  }),
});
