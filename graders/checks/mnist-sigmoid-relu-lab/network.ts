/** The student's network as an object that stays inside: made, given weights, run forwards and backwards, read out. */
import type { Guest, NdArray, Value } from '../../model.ts';
import type { Answer, Reading } from '../../question.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { matArray } from '../../mistakes/mlp/views.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import { arrayFrom, fieldOf, inWords, isHandle } from '../../values.ts';
import { ProgramStopped } from '../../stopped.ts';

export interface NetworkClass {
  module: string;
  name: string;
}

/** `new name(sizes, batchSize, rng, initSd)`; a function that returns a network is fine too. */
export async function makeNetwork(
  guest: Guest,
  target: NetworkClass,
  sizes: readonly number[],
  batchSize: number,
  initSd = 0.1,
): Promise<number> {
  const args = [makeArray([sizes.length], sizes), batchSize, { kind: 'rng', seed: 4 } as const, initSd];
  const { value } = await guest.construct(target, args);
  if (!isHandle(value))
    throw new ProgramStopped('crash', `new ${target.name}(…) gave ${inWords(value)}, not an object.`);
  return value.id;
}

/** Weights with the biases as last row, as layers[i].W holds them. */
export const weightsOf = (net: MlpCase): NdArray[] => net.W.map((W, l) => matArray([...W, net.b[l]!]));

export const sizesOf = (net: MlpCase): number[] => [net.W[0]!.length, ...net.b.map((b) => b.length)];

/** A network of the student's class with these weights. */
export async function makeWith(guest: Guest, target: NetworkClass, net: MlpCase): Promise<number> {
  const id = await makeNetwork(guest, target, sizesOf(net), net.X.length);
  await setWeights(guest, id, net);
  return id;
}

export async function setWeights(guest: Guest, id: number, net: MlpCase): Promise<void> {
  for (const [l, W] of weightsOf(net).entries()) await guest.set(id, `layers.${l}.W`, W);
}

export const callNetwork = async (guest: Guest, id: number, method: string, args: Parameters<Guest['call']>[1]) =>
  (await guest.call({ handle: id, method }, args)).value;

/** A forward and a backward pass for this batch, with the student's own probabilities. */
export async function passThrough(guest: Guest, id: number, X: MlpCase['X'], Y: MlpCase['Y']): Promise<void> {
  const yhat = arrayFrom(await callNetwork(guest, id, 'forwardPropagate', [arrayOf(X)]));
  if (yhat === undefined) throw new ProgramStopped('crash', 'forwardPropagate gives no matrix of numbers.');
  await callNetwork(guest, id, 'backpropagate', [yhat, arrayOf(Y)]);
}

/** The weights of all layers as they are now, under the names W0, W1, … */
export async function readWeights(guest: Guest, id: number, layers: number): Promise<Value> {
  const entries: Record<string, Value> = {};
  for (let l = 0; l < layers; l++) entries[`W${l}`] = await guest.get(id, `layers.${l}.W`);
  return { kind: 'record', entries };
}

/** What a step of `eta` took from the weights, divided by eta: the gradients W1, b1, W2, b2, … that the program used. */
export function readStep(value: Value, net: MlpCase, eta: number): Reading {
  const answer: Record<string, NdArray> = {};
  const notes: string[] = [];
  for (const [l, before] of weightsOf(net).entries()) {
    const given = arrayFrom(fieldOf(value, `W${l}`));
    const name = `layers[${l}].W after updateWeights`;
    const read = given && canonicalise(name, given, before.shape, { transposed: 'refuse' });
    if (read === undefined) {
      return { misread: { says: `${name} should be rows of numbers.`, yours: inWords(fieldOf(value, `W${l}`)) } };
    }
    if ('misread' in read) return read;
    if (read.note !== undefined) notes.push(read.note);
    const [rows, cols] = before.shape as [number, number];
    const gradient = before.data.map((w, k) => (w - read.array.data[k]!) / eta);
    answer[`W${l + 1}`] = makeArray([rows - 1, cols], gradient.subarray(0, (rows - 1) * cols));
    answer[`b${l + 1}`] = makeArray([cols], gradient.subarray((rows - 1) * cols));
  }
  return { answer, notes };
}

/** The inverse of `readStep`. */
export function writeStep(answer: Answer, net: MlpCase, eta: number): Value {
  const entries: Record<string, Value> = {};
  for (const [l, before] of weightsOf(net).entries()) {
    const gradient = [...answer[`W${l + 1}`]!.data, ...answer[`b${l + 1}`]!.data];
    entries[`W${l}`] = makeArray(
      before.shape,
      before.data.map((w, k) => w - eta * gradient[k]!),
    );
  }
  return { kind: 'record', entries };
}
