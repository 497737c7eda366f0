/** Networks and images of Problem 4: made by the grader, rebuilt in the sandbox. */
import type { Arg, Guest, LayerSpec, NdArray, Value } from '../../model.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { inWords, isHandle } from '../../values.ts';
import { ProgramStopped, unlessStopped } from '../../stopped.ts';
import type { Net } from '../../kinds/listed-net.ts';

export const side = 28;
export const pixels = side * side;
export const classes = 10;

/** Images as bytes with their labels. */
export interface ImageSet {
  images: Uint8Array;
  labels: Uint8Array;
}

/** Dark images with some bright pixels: rows that differ from each other, so that a network tells them apart. */
export function drawImages(random: Random, count: number): ImageSet {
  return {
    images: Uint8Array.from({ length: count * pixels }, () => (random.next() < 0.3 ? random.integer(256) : 0)),
    labels: Uint8Array.from({ length: count }, () => random.integer(classes)),
  };
}

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

interface ReluMlp {
  W: number[][][];
  b: number[][];
  hidden: 'relu';
  output: 'softmax-cce';
}

/** The network as the oracles take it. */
export const reluMlp = ({ weights, biases }: Net): ReluMlp => ({
  W: weights,
  b: biases,
  hidden: 'relu',
  output: 'softmax-cce',
});

/** Pixels from 0 to 1, as single precision holds them. */
export const rowsOf = ({ images, labels }: ImageSet): number[][] =>
  Array.from(labels, (_, i) => Array.from(images.subarray(i * pixels, (i + 1) * pixels), (v) => Math.fround(v / 255)));

export const setArg = ({ images, labels }: ImageSet): Arg => ({
  kind: 'record',
  entries: { images: { kind: 'bytes', data: images }, labels: { kind: 'bytes', data: labels } },
});

const tensor = (shape: readonly number[], values: readonly number[]): NdArray =>
  makeArray(shape, values, { container: 'tensor', dtype: 'float32' });

/** Kernel and bias of every layer, as setWeights takes them. */
export const weightTensors = ({ weights, biases }: Net): NdArray[][] =>
  weights.map((W, l) => [tensor([W.length, W[0]!.length], W.flat()), tensor([biases[l]!.length], biases[l]!)]);

/** Whether the outputs of a model are logits or probabilities. */
export type Output = 'logits' | 'softmax';

export function modelArg(net: Net, output: Output): Arg {
  const layers: LayerSpec[] = [{ className: 'Flatten', config: { inputShape: [side, side] } }];
  weightTensors(net).forEach((weights, l) => {
    const last = l === net.weights.length - 1;
    const activation = last ? (output === 'softmax' ? 'softmax' : 'linear') : 'relu';
    layers.push({ className: 'Dense', config: { units: net.biases[l]!.length, activation }, weights });
  });
  return { kind: 'model', layers };
}

/** What the labels of a batch are kept as. */
export type LabelType = 'int32' | 'float32';

/** The grader's batches in a fixed order, kept inside. */
export async function fixedBatches(
  guest: Guest,
  set: ImageSet,
  batch: number,
  labels: LabelType = 'int32',
): Promise<Arg> {
  const target = { module: 'batches.ts', name: 'fixedBatches' };
  const { value } = await guest.call(target, [setArg(set), batch, labels], { keep: 'handle' });
  if (!isHandle(value)) throw new Error(`fixedBatches of the given batches.ts returned ${inWords(value)}`);
  return { kind: 'handle', id: value.id };
}

/** The student's own model, kept inside. */
export async function ownModel(guest: Guest): Promise<number> {
  const target = { module: 'p4b.ts', name: 'buildFashionModel' };
  const { value } = await guest.call(target, [], { keep: 'handle' });
  if (!isHandle(value)) throw new ProgramStopped('crash', `buildFashionModel returned ${inWords(value)}, not a model.`);
  return value.id;
}

/** What the student's model gives: the grader's models follow it. A model that cannot be built gives logits, as the sheet does. */
export async function ownOutput(guest: Guest): Promise<Output> {
  return unlessStopped(async () => {
    const { layers } = await guest.describe(await ownModel(guest));
    return endsInSoftmax(layers) ? 'softmax' : 'logits';
  }, 'logits');
}

function endsInSoftmax(layers: readonly { className: string; config: Record<string, Value> }[]): boolean {
  const last = layers.at(-1);
  return last?.className === 'Softmax' || last?.config['activation'] === 'softmax';
}
