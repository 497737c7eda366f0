/** Networks in plain numbers, `{ weights, biases }`: drawn, sent, read, and the steps that programs take with them. */
import type { Arg, Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answer } from '../question.ts';
import { arrayOf, makeArray, maxAbs } from '../numerics/arrays.ts';
import { canonicalise } from '../numerics/canonical.ts';
import type { Random } from '../numerics/random.ts';
import { scaledBand } from '../numerics/tolerance.ts';
import { fieldOf, isArray, itemsOf, list, record } from '../values.ts';
import type { Layers } from './parameters.ts';
import { parametersOf, readSteps, stepped, unitsOf, withParameters } from './parameters.ts';

export interface Net {
  weights: number[][][];
  biases: number[][];
}

/** A function of the student's that gets networks: its task and unit, its name, and how many layers they have. */
export interface NetFunction {
  task: string;
  unit: string;
  name: string;
  layers: number;
}

export const targetOf = ({ unit, name }: NetFunction) => ({ module: unit, name });

const layersOf = ({ weights, biases }: Net): Layers => ({ W: weights, b: biases });
const netOf = ({ W, b }: Layers): Net => ({ weights: W, biases: b });

export const sizesOf = (net: Net): number[] => unitsOf(layersOf(net));

/** Weights with pre-activations of about `scale`, and biases that are not zero; single precision holds all of them. */
export function drawNet(random: Random, sizes: readonly number[], scale: number): Net {
  const layers = sizes.slice(1).map((outputs, l) => ({ inputs: sizes[l]!, outputs }));
  const row = (length: number, sd: number) => Array.from({ length }, () => Math.fround(random.normal(0, sd)));
  return {
    weights: layers.map(({ inputs, outputs }) =>
      Array.from({ length: inputs }, () => row(outputs, (1.5 * scale) / Math.sqrt(inputs))),
    ),
    biases: layers.map(({ outputs }) => row(outputs, 0.4)),
  };
}

/** A network before training: biases 0, and weights drawn one by one for layers with so many inputs and outputs. */
export function freshNet(sizes: readonly number[], weight: (inputs: number, outputs: number) => number): Net {
  const layers = sizes.slice(1).map((outputs, l) => [sizes[l]!, outputs] as const);
  return {
    weights: layers.map(([inputs, outputs]) =>
      Array.from({ length: inputs }, () => Array.from({ length: outputs }, () => weight(inputs, outputs))),
    ),
    biases: layers.map(([, outputs]) => new Array<number>(outputs).fill(0)),
  };
}

/** Random inputs in [0, 1], which single precision holds, with labels, every class among them where there are enough samples. */
export function drawSamples(
  random: Random,
  count: number,
  inputs: number,
  classes: number,
): { X: number[][]; Y: number[] } {
  const start = random.integer(classes);
  return {
    X: Array.from({ length: count }, () => Array.from({ length: inputs }, () => Math.fround(random.uniform()))),
    Y: Array.from({ length: count }, (_, i) => (start + 3 * i + (i >> 2)) % classes),
  };
}

export const netArg = ({ weights, biases }: Net): Arg => ({
  kind: 'record',
  entries: {
    weights: { kind: 'list', items: weights.map((W) => arrayOf(W)) },
    biases: { kind: 'list', items: biases.map((b) => arrayOf(b)) },
  },
});

/** A network that was kept inside, as it is now. */
export async function netInside(guest: Guest, handle: number): Promise<Value> {
  const [weights, biases] = await guest.getAll(handle, ['weights', 'biases']);
  return record({ weights, biases });
}

/** A list of arrays, also where equal shapes made one array of them: known by its length before anything is copied. */
interface ListedArrays {
  length: number;
  take(): NdArray[];
}

/** A list of arrays, or the rows of one array; undefined for what is neither. */
export function listOf(value: Value): ListedArrays | undefined {
  const items = itemsOf(value);
  if (items !== undefined) return items.every(isArray) ? { length: items.length, take: () => items } : undefined;
  if (!isArray(value) || value.shape.length < 2) return undefined;
  const [length, ...shape] = value.shape as [number, ...number[]];
  const size = value.data.length / length;
  const part = (i: number) => makeArray(shape, value.data.subarray(i * size, (i + 1) * size));
  return { length, take: () => Array.from({ length }, (_, i) => part(i)) };
}

/** Weights (inputs × outputs) and biases of a network with these sizes, or the sentence that says why not. */
export function readNet(value: Value, sizes: readonly number[]): Net | { says: string; yours?: string } {
  const listed = [listOf(fieldOf(value, 'weights')), listOf(fieldOf(value, 'biases'))] as const;
  if (listed[0] === undefined || listed[1] === undefined) {
    return { says: 'A network is { weights, biases }: a list of matrices and a list of rows.' };
  }
  const layers = sizes.length - 1;
  if (listed.some((list) => list!.length !== layers)) {
    return {
      says: `${sizes.length} sizes make ${layers} layers.`,
      yours: `${listed[0].length} matrices, ${listed[1].length} rows of biases`,
    };
  }
  const [weights, biases] = [listed[0].take(), listed[1].take()];
  const net: Net = { weights: [], biases: [] };
  for (let l = 0; l < layers; l++) {
    const [inputs, outputs] = [sizes[l]!, sizes[l + 1]!];
    const W = canonicalise(`weights[${l}]`, weights[l]!, [inputs, outputs], { transposed: 'refuse' });
    if ('misread' in W) return W.misread;
    const b = canonicalise(`biases[${l}]`, biases[l]!, [outputs], { transposed: 'refuse' });
    if ('misread' in b) return b.misread;
    const flat = Array.from(W.array.data);
    net.weights.push(Array.from({ length: inputs }, (_, i) => flat.slice(i * outputs, (i + 1) * outputs)));
    net.biases.push(Array.from(b.array.data));
  }
  return net;
}

/** Parameters as students write them: `weights[0]` for what the library of mistakes calls W1. */
export const inTheirNames = (text: string): string =>
  text.replace(/\b([Wb])([1-9])\b/g, (_, part: string, layer: string) => {
    return `${part === 'W' ? 'weights' : 'biases'}[${Number(layer) - 1}]`;
  });

/** The names of a network of so many layers, for a problem's `names`. */
export const layerNames = (layers: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: layers }, (_, l) => [`W${l + 1}`, `b${l + 1}`])
      .flat()
      .map((name) => [name, inTheirNames(name)]),
  );

/**
 * What is lost in (before − after)/lr where weights are kept in double precision stays below 1e-12. Who runs the network in
 * single precision and steps in double loses 7e-6 at most, as measured, and nothing of that shows in the weights.
 */
export const stepBand = scaledBand(
  'gradients from a step',
  2e-5,
  2e-4,
  'accepted up to 0.00002 of the largest expected gradient, rejected from 0.0002; where weights come back in single precision, also what their rounding, divided by the learning rate, makes of it',
);

/** The gradients by which a step changed the network; of several steps their sum, as far as the rate is the same. */
export const readStep = (before: Net, after: Net, lr: number): Answer =>
  readSteps(parametersOf(layersOf(before)), parametersOf(layersOf(after)), lr);

/** The network that a step along these gradients leaves behind. */
export const movedAlong = (net: Net, gradients: Answer, lr: number): Net =>
  netWith(net, stepped(parametersOf(layersOf(net)), gradients, lr));

/** The network with these parameters, named W1, b1 …, in place of its own. */
export const netWith = (net: Net, moved: Answer): Net => netOf(withParameters(layersOf(net), moved));

/** That network as it would come back from the student's program. */
export const sentAfter = (net: Net, gradients: Answer, lr: number): Value => {
  const { weights, biases } = movedAlong(net, gradients, lr);
  return record({ weights: list(weights.map((W) => arrayOf(W))), biases: list(biases.map((b) => arrayOf(b))) });
};

/** Two roundings to 24 bits for every step: of the product, and of the difference. */
const ulps = 2 ** -23;
/** What single precision takes from a gradient on its way through the network; 7e-6 were measured on saturated ones. */
const onTheWay = 1e-5;

/** What weights in single precision take from the gradients of so many steps: their own rounding, divided by the rate. */
const lostIn = (weights: NdArray, gradient: NdArray, lr: number, steps: number): number =>
  (steps * ulps * maxAbs(weights)) / lr + onTheWay * maxAbs(gradient);

/**
 * By how much gradients that were read off `after` may be off, tensor by tensor, because the weights came back in single
 * precision. Nothing where one of them has more digits.
 */
export const stepRounding = (after: Net, gradients: Answer, lr: number, steps = 1): Record<string, number> =>
  Object.fromEntries(
    Object.entries(parametersOf(layersOf(after)))
      .filter(([, { data }]) => data.every((v) => Math.fround(v) === v))
      .map(([name, array]) => [name, lostIn(array, gradients[name]!, lr, steps)]),
  );

/** Below this share of the largest gradient, what single precision loses tells every known mistake from rounding. */
const decisive = 4e-5;

/** Whether the steps along these gradients stand out from the rounding of weights in single precision. */
export const standsOut = (net: Net, gradients: Answer, lr: number): boolean =>
  Object.entries(parametersOf(layersOf(net))).every(
    ([name, weights]) => lostIn(weights, gradients[name]!, lr, 1) <= decisive * maxAbs(gradients[name]!),
  );
