/** Networks of Problem 5: sigmoid in the hidden layers, softmax at the output, in plain numbers. */
import { argmax, oneHot } from '../../../reference/oracles/accuracy.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import type { Mlp } from '../../../reference/oracles/mlp.ts';
import { forward } from '../../../reference/oracles/mlp.ts';
import { logSoftmax, softmax } from '../../../reference/oracles/activations.ts';
import type { Arg, Guest, NdArray, Value } from '../../model.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import { createRandom } from '../../numerics/random.ts';
import type { Random } from '../../numerics/random.ts';
import { fieldOf, isArray, itemsOf } from '../../values.ts';

export interface Net {
  weights: Mat[];
  biases: Vec[];
}

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

/** A network before training, as the sheet asks: weights with variance 1/max(inputs, outputs), biases 0. */
export function startingNet(sizes: readonly number[], seed: number): Net {
  const random = createRandom(seed, 'P5.Q4 weights');
  const layers = sizes.slice(1).map((outputs, l) => [sizes[l]!, outputs] as const);
  return {
    weights: layers.map(([inputs, outputs]) => {
      const sd = Math.sqrt(1 / Math.max(inputs, outputs));
      return Array.from({ length: inputs }, () => Array.from({ length: outputs }, () => random.normal(0, sd)));
    }),
    biases: layers.map(([, outputs]) => new Array<number>(outputs).fill(0)),
  };
}

/** Random inputs in [0, 1], which single precision holds, with labels, every class among them where there are enough samples. */
export function drawSamples(random: Random, count: number, inputs: number, classes: number): { X: Mat; Y: number[] } {
  const start = random.integer(classes);
  return {
    X: Array.from({ length: count }, () => Array.from({ length: inputs }, () => Math.fround(random.uniform()))),
    Y: Array.from({ length: count }, (_, i) => (start + 3 * i + (i >> 2)) % classes),
  };
}

/** How likely the network thinks each class. */
export const probabilitiesOf = (net: Net, x: Vec): Vec => forward(mlpOf(net), [x]).a.at(-1)![0]!;

/** The class that the network thinks most likely. */
export const guessOf = (net: Net, x: Vec): number => argmax(probabilitiesOf(net, x));

/** The network with two of its outputs exchanged, so that its guess for this input is the class asked for. */
export function guessing(net: Net, x: Vec, wanted: number): Net {
  const guess = guessOf(net, x);
  const swap = (row: Vec) => row.map((v, k) => (k === wanted ? row[guess]! : k === guess ? row[wanted]! : v));
  return {
    weights: net.weights.map((W, l) => (l === net.weights.length - 1 ? W.map(swap) : W)),
    biases: net.biases.map((b, l) => (l === net.biases.length - 1 ? swap(b) : b)),
  };
}

export const mlpOf = ({ weights, biases }: Net): Mlp => ({
  W: weights,
  b: biases,
  hidden: 'sigmoid',
  output: 'softmax-cce',
});

export const netArg = ({ weights, biases }: Net): Arg => ({
  kind: 'record',
  entries: {
    weights: { kind: 'list', items: weights.map((W) => arrayOf(W)) },
    biases: { kind: 'list', items: biases.map((b) => arrayOf(b)) },
  },
});

/** A network that was kept inside, as it is now. */
export async function netInside(guest: Guest, handle: number): Promise<Value> {
  const [weights, biases] = [await guest.get(handle, 'weights'), await guest.get(handle, 'biases')];
  return { kind: 'record', entries: { weights, biases } };
}

export interface NetScore {
  averageLoss: number;
  correct: number;
  /** Whether −ln p of a label is infinite when it is taken from a probability that has become 0, as the given helper does. */
  overflows: boolean;
}

/** The mean loss, and how many samples are classified rightly. */
export function scoreOf(net: Net, X: Mat, Y: readonly number[]): NetScore {
  const logits = forward(mlpOf(net), X).z.at(-1)!;
  const losses = logits.map((z, i) => -logSoftmax(z)[Y[i]!]!);
  return {
    averageLoss: losses.reduce((sum, v) => sum + v, 0) / losses.length,
    correct: logits.filter((z, i) => argmax(z) === Y[i]).length,
    overflows: logits.some((z, i) => softmax(z)[Y[i]!] === 0),
  };
}

export const targetsOf = (net: Net, Y: readonly number[]): Mat => Y.map((y) => oneHot(y, net.biases.at(-1)!.length));

/** A list of arrays, also where equal shapes made one array of them. */
function listOf(value: Value): NdArray[] | undefined {
  const items = itemsOf(value);
  if (items !== undefined) return items.every(isArray) ? items : undefined;
  if (!isArray(value) || value.shape.length < 2) return undefined;
  const [count, ...shape] = value.shape;
  const size = value.data.length / count!;
  return Array.from({ length: count! }, (_, i) => makeArray(shape, value.data.slice(i * size, (i + 1) * size)));
}

/** Weights (inputs × outputs) and biases of a network with these sizes, or the sentence that says why not. */
export function readNet(value: Value, sizes: readonly number[]): Net | { says: string; yours?: string } {
  const [weights, biases] = [listOf(fieldOf(value, 'weights')), listOf(fieldOf(value, 'biases'))];
  if (weights === undefined || biases === undefined) {
    return { says: 'A network is { weights, biases }: a list of matrices and a list of rows.' };
  }
  const layers = sizes.length - 1;
  if (weights.length !== layers || biases.length !== layers) {
    return {
      says: `${sizes.length} sizes make ${layers} layers.`,
      yours: `${weights.length} matrices, ${biases.length} rows of biases`,
    };
  }
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
