/** Classifiers in plain numbers, `{ weights, biases }`: sigmoid in the hidden layers, softmax at the output, cross-entropy as loss. */
import { argmax, oneHot } from '../../reference/oracles/accuracy.ts';
import type { Mat, Vec } from '../../reference/oracles/linear-algebra.ts';
import type { Mlp } from '../../reference/oracles/mlp.ts';
import { forward } from '../../reference/oracles/mlp.ts';
import { logSoftmax, softmax } from '../../reference/oracles/activations.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Random } from '../numerics/random.ts';
import type { Net } from './listed-net.ts';
import { freshNet } from './listed-net.ts';

export const sigmoidNet = { hidden: 'sigmoid', output: 'softmax-cce' } as const;

/** A network before training: weights with variance 1/max(inputs, outputs), biases 0. */
export const startingNet = (sizes: readonly number[], random: Random): Net =>
  freshNet(sizes, (inputs, outputs) => random.normal(0, Math.sqrt(1 / Math.max(inputs, outputs))));

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

const mlpOf = ({ weights, biases }: Net): Mlp => ({
  W: weights,
  b: biases,
  hidden: 'sigmoid',
  output: 'softmax-cce',
});

/** A network as a course of training begins with it, whose steps follow the gradient of the summed loss. */
export const caseOf = (net: Net): MlpCase => ({ ...mlpOf(net), X: [], Y: [], reduction: 'sum' });

export const netOf = ({ W, b }: Pick<MlpCase, 'W' | 'b'>): Net => ({ weights: W, biases: b });

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
