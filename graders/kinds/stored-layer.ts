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

/** Reads weights and bias of layers, each of which the path leads to from the object. Sizes have to differ to be certain. */
export async function layoutsOf(guest: Guest, object: number, layers: readonly LayerAt[]): Promise<Layout[]> {
  const paths = layers.flatMap(({ path }) => [`${path}weights`, `${path}bias`]);
  const found = await guest.getAll(object, paths);
  return layers.map((layer, l) => layoutFrom(found[2 * l], found[2 * l + 1], layer));
}

function layoutFrom(weights: Value, given: Value, { inputs, units }: LayerSizes): Layout {
  if (!isArray(weights)) {
    throw new ProgramStopped(
      'missing',
      `The layer should have \`weights\`, rows of numbers; it has ${inWords(weights)}.`,
    );
  }
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

/** A layer in an object of the student's: `path` leads to it, e.g. `layers.0.`. */
export interface LayerAt extends LayerSizes {
  path: string;
}

/** Puts these weights and biases into layers, in each layer's own form. */
export async function setLayers(
  guest: Guest,
  object: number,
  layers: readonly { path: string; W: Mat; b: Vec }[],
): Promise<Layout[]> {
  const places = layers.map(({ path, W, b }) => ({ path, inputs: W.length, units: b.length }));
  const layouts = await layoutsOf(guest, object, places);
  const isNested = layouts.map(({ weights }) => weights.container === 'nested');
  const nested = places.filter((_, l) => isNested[l]).map(({ path }) => `${path}weights.0`);
  const firstRows = nested.length > 0 ? await guest.getAll(object, nested) : [];
  const values: Record<string, Arg> = {};
  for (const [l, { path, W, b }] of layers.entries()) {
    const { absorbed, transposed, weights, bias } = layouts[l]!;
    const rows = absorbed ? [...W, b] : W;
    const stored = transposed ? rows[0]!.map((_, j) => rows.map((row) => row[j]!)) : rows;
    values[`${path}weights`] = likeTheirs(stored, weights, isNested[l] ? firstRows.shift() : undefined);
    if (bias === undefined) continue;
    const { shape, container, dtype } = bias;
    values[`${path}bias`] = makeArray(shape, b, { container, dtype: floating(dtype) });
  }
  await guest.setAll(object, values);
  return layouts;
}

/** Rows that are typed arrays stay typed arrays: a program may use what only those offer, such as `set` and `subarray`. */
function likeTheirs(rows: Mat, weights: NdArray, firstRow: Value): Arg {
  if (!isArray(firstRow) || firstRow.container !== 'typed') {
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

/** Weights and biases of layers, and how each stores them. */
export async function getLayers(
  guest: Guest,
  object: number,
  layers: readonly LayerAt[],
): Promise<(LayerNumbers & Pick<Layout, 'absorbed' | 'transposed'>)[]> {
  const layouts = await layoutsOf(guest, object, layers);
  return layouts.map(({ absorbed, transposed, weights, bias }, l) => {
    const numbers = split(transposed ? transpose(weights) : weights, absorbed ? undefined : bias, layers[l]!);
    return { ...numbers, absorbed, transposed };
  });
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
