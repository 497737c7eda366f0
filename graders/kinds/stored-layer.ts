/** Layers of the student's that keep their weights in one of several ways: given numbers, read out, and their gradients read. */
import type { Arg, Guest, Value } from '../model/guest.ts';
import type { DType, NdArray } from '../model/numbers.ts';
import type { Reading } from '../question.ts';
import { arrayOf, makeArray, sameShape, shapeText, transpose } from '../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, isArray } from '../values.ts';
import { ProgramStopped } from '../stopped.ts';
import { joined, readOne } from './named-arrays.ts';

type Mat = number[][];
type Vec = number[];

/** How a layer of the student's keeps its numbers. */
export interface Layout {
  /** The bias is the last row of the weights. */
  absorbed: boolean;
  /** Weights are units × inputs. */
  transposed: boolean;
  weights: NdArray;
  bias: NdArray | undefined;
}

/** Reads weights and bias; `path` leads from the object to the layer, e.g. `layers.0.`. Sizes have to differ to be certain. */
export async function layoutOf(guest: Guest, object: number, path: string, sizes: LayerSizes): Promise<Layout> {
  const { inputs, units } = sizes;
  const weights = await guest.get(object, `${path}weights`);
  if (!isArray(weights)) {
    throw new ProgramStopped(
      'missing',
      `The layer should have \`weights\`, rows of numbers; it has ${inWords(weights)}.`,
    );
  }
  const given = await guest.get(object, `${path}bias`);
  const bias = isArray(given) ? given : typeof given === 'number' && units === 1 ? arrayOf([given]) : undefined;
  const fits = (rows: number, transposed: boolean) =>
    sameShape(weights.shape, transposed ? [units, rows] : [rows, units]);
  for (const transposed of [false, true]) {
    if (bias !== undefined && bias.data.length === units && fits(inputs, transposed)) {
      return { absorbed: false, transposed, weights, bias };
    }
    if (bias === undefined && fits(inputs + 1, transposed)) return { absorbed: true, transposed, weights, bias };
  }
  throw new ProgramStopped(
    'crash',
    `A layer with ${inputs} inputs and ${units} units has weights of shape ${shapeText(weights.shape)}, ` +
      `and its bias is ${inWords(given)}; expected ${inputs}×${units} and ${units} numbers.`,
  );
}

export interface LayerSizes {
  inputs: number;
  units: number;
}

/** Puts these weights and biases into a layer, in the layer's own form. */
export async function setLayer(guest: Guest, object: number, path: string, W: Mat, b: Vec): Promise<Layout> {
  const layout = await layoutOf(guest, object, path, { inputs: W.length, units: b.length });
  const rows = layout.absorbed ? [...W, b] : W;
  const stored = layout.transposed ? rows[0]!.map((_, j) => rows.map((row) => row[j]!)) : rows;
  await guest.set(
    object,
    `${path}weights`,
    likeTheirs(stored, layout.weights, await guest.get(object, `${path}weights.0`)),
  );
  if (layout.bias !== undefined) {
    const { shape, container, dtype } = layout.bias;
    await guest.set(object, `${path}bias`, makeArray(shape, b, { container, dtype: floating(dtype) }));
  }
  return layout;
}

/** Rows that are typed arrays stay typed arrays: a program may use what only those offer, such as `set` and `subarray`. */
function likeTheirs(rows: Mat, weights: NdArray, firstRow: Value): Arg {
  if (weights.container !== 'nested' || !isArray(firstRow) || firstRow.container !== 'typed') {
    return { ...arrayOf(rows), container: weights.container };
  }
  const origin = { container: firstRow.container, dtype: floating(firstRow.dtype) };
  return { kind: 'list', items: rows.map((row) => makeArray([row.length], row, origin)) };
}

/** Our numbers are no whole ones. */
const floating = (dtype: DType): DType => (dtype === 'float32' ? 'float32' : 'float64');

export interface LayerNumbers {
  /** Inputs × units. */
  W: NdArray;
  b: NdArray;
}

/** Weights and biases of a layer, and how it stores them. */
export async function getLayer(
  guest: Guest,
  object: number,
  path: string,
  sizes: LayerSizes,
): Promise<LayerNumbers & Pick<Layout, 'absorbed' | 'transposed'>> {
  const { absorbed, transposed, weights, bias } = await layoutOf(guest, object, path, sizes);
  const numbers = split(transposed ? transpose(weights) : weights, absorbed ? undefined : bias, sizes);
  return { ...numbers, absorbed, transposed };
}

/** Weights (or their gradient) with an absorbed bias row, or beside a bias, as two arrays. */
function split(rows: NdArray, bias: NdArray | undefined, { inputs, units }: LayerSizes): LayerNumbers {
  return {
    W: makeArray([inputs, units], rows.data.slice(0, inputs * units)),
    b: makeArray([units], bias === undefined ? rows.data.slice(inputs * units) : bias.data),
  };
}

/** dW and dB of a layer as it stores its weights: dW may hold the bias row, and may be units×inputs like the weights. */
export function readGradients(
  value: Value,
  names: { W: string; b: string },
  layout: Pick<Layout, 'absorbed' | 'transposed'>,
  sizes: LayerSizes,
  what: string,
): Reading {
  const { absorbed, transposed } = layout;
  const notes = [
    ...(absorbed ? ['The bias is the last row of the weights.'] : []),
    ...(transposed ? ['Weights are stored as units×inputs.'] : []),
  ];
  const rows = sizes.inputs + (absorbed ? 1 : 0);
  const given = arrayFrom(fieldOf(value, 'dW'));
  const stored = given && transposed && sameShape(given.shape, [sizes.units, rows]) ? transpose(given) : given;
  const W = readOne(names.W, stored ?? fieldOf(value, 'dW'), [rows, sizes.units], `${what}: dW`);
  if (!absorbed) {
    const b = readOne(names.b, fieldOf(value, 'dB') ?? fieldOf(value, 'db'), [sizes.units], `${what}: dB`);
    return joined([
      { name: names.W, read: 'misread' in W ? W : { ...W, notes: [...W.notes, ...notes] } },
      { name: names.b, read: b },
    ]);
  }
  if ('misread' in W) return { answer: {}, notes, misreads: { [names.W]: W.misread, [names.b]: W.misread } };
  const parts = split(W.answer[names.W]!, undefined, sizes);
  return { answer: { [names.W]: parts.W, [names.b]: parts.b }, notes };
}
