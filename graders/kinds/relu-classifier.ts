/** ReLU networks that tell images apart: made by the grader, rebuilt in the sandbox. */
import type { Arg } from '../model/guest.ts';
import type { LayerPlan, NetworkDescription } from '../model/network.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import { classes, pixels, side } from './image-set.ts';
import type { Net } from './listed-net.ts';

/** A ReLU network whose pre-activations are of about the size of one, all numbers exact in single precision. */
export function drawReluNet(random: Random, hidden: readonly number[], scale = 1): Net {
  const sizes = [pixels, ...hidden, classes];
  const single = (mean: number, sd: number) => Math.fround(random.normal(mean, sd));
  // The mean square of a pixel is about 0.1.
  const gain = (l: number) => (l === 0 ? 3 : 1.4);
  return {
    weights: sizes.slice(1).map((outputs, l) => {
      const sd = (scale * gain(l)) / Math.sqrt(sizes[l]!);
      return Array.from({ length: sizes[l]! }, () => Array.from({ length: outputs }, () => single(0, sd)));
    }),
    biases: sizes.slice(1).map((outputs) => Array.from({ length: outputs }, () => single(0.05, 0.4))),
  };
}

export const reluMlp = ({ weights, biases }: Net) =>
  ({ W: weights, b: biases, hidden: 'relu', output: 'softmax-cce' }) as const;

const tensor = (shape: readonly number[], values: readonly number[]): NdArray =>
  makeArray(shape, values, { container: 'tensor', dtype: 'float32' });

/** Of the networks of probes, which all submissions of a class are asked about. */
const tensors = new WeakMap<Net, NdArray[][]>();

/** Kernel and bias of every layer, as setWeights takes them. */
export function weightTensors(net: Net): NdArray[][] {
  const known = tensors.get(net);
  if (known !== undefined) return known;
  const made = net.weights.map((W, l) => [
    tensor([W.length, W[0]!.length], W.flat()),
    tensor([net.biases[l]!.length], net.biases[l]!),
  ]);
  tensors.set(net, made);
  return made;
}

/** Whether the outputs of a model are logits, probabilities or their logarithms. */
export type Output = 'logits' | 'softmax' | 'logSoftmax';

export function modelArg(net: Net, output: Output): Arg {
  const layers: LayerPlan[] = [{ kind: 'flatten' }];
  weightTensors(net).forEach((weights, l) => {
    const last = l === net.weights.length - 1;
    const activation = !last ? 'relu' : output === 'logits' ? 'linear' : output;
    layers.push({ kind: 'dense', units: net.biases[l]!.length, activation, weights });
  });
  return { kind: 'network', inputShape: [side, side], layers };
}

/** What a model gives: the grader's models follow the student's. */
export function outputOf({ layers }: Pick<NetworkDescription, 'layers'>): Output {
  const last = layers.at(-1)?.activation;
  return last === 'softmax' || last === 'logSoftmax' ? last : 'logits';
}
