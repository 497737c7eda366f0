/** The student's network as an object that stays inside: made, given weights, run forwards and backwards, read out. */
import type { Arg, Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answer, Reading } from '../question.ts';
import { arrayOf, makeArray, rowsOf, sameShape } from '../numerics/arrays.ts';
import type { NamedArrays } from '../numerics/arrays.ts';
import { arrayFrom, fieldOf, record } from '../values.ts';
import { ProgramStopped } from '../stopped.ts';
import { joined, readArray } from './named-arrays.ts';
import type { Layers } from './parameters.ts';
import { parametersOf, readSteps, stepped, unitsOf } from './parameters.ts';
import type { StudentClass } from './student-objects.ts';
import { callMethod, construct } from './student-objects.ts';

export type NetworkClass = StudentClass;

/** Weights, and a batch that goes through them. */
interface NetWithBatch extends Layers {
  X: number[][];
}

/** `new name(sizes, batchSize, rng, initSd)`. */
export async function makeNetwork(
  guest: Guest,
  target: NetworkClass,
  sizes: readonly number[],
  batchSize: number,
  initSd = 0.1,
): Promise<number> {
  const args: Arg[] = [makeArray([sizes.length], sizes), batchSize, { kind: 'rng', seed: 4 }, initSd];
  return (await construct(guest, target, args)).id;
}

/** Weights with the biases as last row, as layers[i].W holds them. */
export const weightsOf = ({ W, b }: Layers): NdArray[] => W.map((rows, l) => arrayOf([...rows, b[l]!]));

/** A network of the student's class with these weights. */
export async function makeWith(guest: Guest, target: NetworkClass, net: NetWithBatch): Promise<number> {
  const id = await makeNetwork(guest, target, unitsOf(net), net.X.length);
  await setWeights(guest, id, net);
  return id;
}

export async function setWeights(guest: Guest, id: number, net: Layers): Promise<void> {
  await guest.setAll(id, Object.fromEntries(weightsOf(net).map((W, l) => [`layers.${l}.W`, W])));
}

/** The probabilities that a new network with these weights gives; undefined where it gives no row of them for each image. */
export async function predictions(
  guest: Guest,
  target: NetworkClass,
  net: NetWithBatch,
): Promise<number[][] | undefined> {
  const id = await makeWith(guest, target, net);
  const given = arrayFrom(await callMethod(guest, id, 'forwardPropagate', [arrayOf(net.X)]));
  const shape = [net.X.length, net.b.at(-1)!.length];
  return given !== undefined && sameShape(given.shape, shape) ? rowsOf(given) : undefined;
}

/** A forward and a backward pass for this batch, with the student's own probabilities. */
export async function passThrough(guest: Guest, id: number, X: number[][], Y: number[][]): Promise<void> {
  const yhat = arrayFrom(await callMethod(guest, id, 'forwardPropagate', [arrayOf(X)]));
  if (yhat === undefined) throw new ProgramStopped('crash', 'forwardPropagate gives no matrix of numbers.');
  await callMethod(guest, id, 'backpropagate', [yhat, arrayOf(Y)]);
}

/** Batches as `createBatches` gives them. */
export const sentBatches = (all: readonly { X: number[][]; Y: number[][] }[]): Arg => ({
  kind: 'record',
  entries: {
    data: { kind: 'list', items: all.map(({ X }) => arrayOf(X)) },
    labels: { kind: 'list', items: all.map(({ Y }) => arrayOf(Y)) },
  },
});

/** The weights of all layers as they are now, under the names W0, W1, … */
export async function readWeights(guest: Guest, id: number, layers: number): Promise<Value> {
  const names = Array.from({ length: layers }, (_, l) => l);
  const found = await guest.getAll(
    id,
    names.map((l) => `layers.${l}.W`),
  );
  return record(Object.fromEntries(names.map((l) => [`W${l}`, found[l]])));
}

/** What a step of `eta` took from the weights, divided by eta: the gradients W1, b1, W2, b2, … that the program used. */
export function readStep(value: Value, net: Layers, eta: number): Reading {
  const readings = weightsOf(net).map(({ shape }, l) => {
    const label = `layers[${l}].W after updateWeights`;
    const words = { label, says: `${label} should be rows of numbers.` };
    return { name: `W${l}`, read: readArray(`W${l}`, fieldOf(value, `W${l}`), shape, words) };
  });
  for (const { read } of readings) if ('misread' in read) return read;
  const read = joined(readings);
  if (!('answer' in read)) return read;
  return { answer: readSteps(parametersOf(net), parted(read.answer, net), eta), notes: read.notes };
}

/** Weights and biases of what holds the biases as last row. */
const parted = (stored: NamedArrays, { b }: Layers): NamedArrays =>
  Object.fromEntries(
    b.flatMap(({ length: units }, l) => {
      const { shape, data } = stored[`W${l}`]!;
      const rows = shape[0]! - 1;
      return [
        [`W${l + 1}`, makeArray([rows, units], data.slice(0, rows * units))] as const,
        [`b${l + 1}`, makeArray([units], data.slice(rows * units))] as const,
      ];
    }),
  );

/** The inverse of `readStep`. */
export function writeStep(answer: Answer, net: Layers, eta: number): Value {
  const after = stepped(parametersOf(net), answer, eta);
  const entries = weightsOf(net).map(({ shape }, l): [string, NdArray] => [
    `W${l}`,
    makeArray(shape, [...after[`W${l + 1}`]!.data, ...after[`b${l + 1}`]!.data]),
  ]);
  return record(Object.fromEntries(entries));
}
