/** The student's objects, kept inside: made by their constructors, run, and given weights, whatever way those are stored. */
import type { Arg, DType, Guest, NdArray, Value } from '../../model.ts';
import type { Answered } from '../../question.ts';
import { arrayOf, makeArray, sameShape, shapeText, transpose } from '../../numerics/arrays.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { transpose as turned } from '../../../reference/oracles/linear-algebra.ts';
import { inWords, isArray, isHandle } from '../../values.ts';
import { ProgramStopped, unlessStopped } from '../../stopped.ts';

type Handle = Extract<Value, { kind: 'handle' }>;

/** Modules and classes of the sheet. */
export const classes = {
  Sigmoid: { module: 'sigmoid.ts', name: 'Sigmoid' },
  Softmax: { module: 'softmax.ts', name: 'Softmax' },
  CCE: { module: 'cce.ts', name: 'CCE' },
  MLPLayer: { module: 'layer.ts', name: 'MLPLayer' },
  MLP: { module: 'mlp.ts', name: 'MLP' },
} as const;

export type ActivationName = 'Sigmoid' | 'Softmax';

/** A new object of the student's, kept inside. */
export async function make(guest: Guest, name: keyof typeof classes, args: readonly Arg[] = []): Promise<Handle> {
  const { value } = await guest.construct(classes[name], args);
  if (!isHandle(value)) throw new ProgramStopped('crash', `new ${name}(…) gave ${inWords(value)}, not an object.`);
  return value;
}

export const backwardNames = ['backward', 'backwards'];
export const weightsBackwardNames = ['weightsBackward', 'weightsBackwards', 'weights_backward', 'weights_backwards'];

/** Calls a method under any of its accepted names; the first name is the one that is missed. */
export async function callMethod(
  guest: Guest,
  object: Handle,
  names: readonly string[],
  args: readonly Arg[],
): Promise<Value> {
  const method = names.find((name) => object.keys.includes(name)) ?? names[0]!;
  return (await guest.call({ handle: object.id, method }, args)).value;
}

/** `backward` of a new activation object: pre-activation, activation, error signal. */
export const askActivation = async (
  guest: Guest,
  name: ActivationName,
  args: readonly NdArray[],
): Promise<Answered> => ({
  value: await callMethod(guest, await make(guest, name), backwardNames, args),
});

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
  const stored = layout.transposed ? turned(rows) : rows;
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

/** Weights and biases of a layer as inputs×units and units. */
export async function getLayer(guest: Guest, object: number, path: string, sizes: LayerSizes): Promise<LayerNumbers> {
  const { absorbed, transposed, weights, bias } = await layoutOf(guest, object, path, sizes);
  return split(transposed ? transpose(weights) : weights, absorbed ? undefined : bias, sizes);
}

export interface LayerNumbers {
  W: NdArray;
  b: NdArray;
}

/** Weights (or their gradient) with an absorbed bias row, or beside a bias, as two arrays. */
export function split(rows: NdArray, bias: NdArray | undefined, { inputs, units }: LayerSizes): LayerNumbers {
  return {
    W: makeArray([inputs, units], rows.data.slice(0, inputs * units)),
    b: makeArray([units], bias === undefined ? rows.data.slice(inputs * units) : bias.data),
  };
}

/** A layer with these weights, activated by a new object of the student's. */
export async function makeLayer(
  guest: Guest,
  activation: ActivationName,
  W: Mat,
  b: Vec,
): Promise<{ layer: Handle; layout: Layout }> {
  const made = await make(guest, activation);
  const layer = await make(guest, 'MLPLayer', [
    { kind: 'handle', id: made.id },
    b.length,
    W.length,
    { kind: 'rng', seed: 1 },
  ]);
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
