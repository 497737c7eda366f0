/** Small networks on 28×28 inputs, made by the grader: probes for everything in Question 3 that receives a model. */
import type { Arg, LayerSpec, NdArray } from '../../model.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Matrix } from '../../mistakes/mlp/matrix.ts';
import { fill } from '../../mistakes/mlp/matrix.ts';

export const side = 28;
export const pixels = side * side;
export const classes = 10;

/** A network with a batch, and whether its activations are layers of their own. */
export interface NetProbe extends MlpCase {
  layout: 'separate' | 'fused';
}

export interface NetDesign {
  /** Units of the hidden layers. */
  hidden: readonly number[];
  batch: number;
  /** Factor on all weights: derivative mistakes hide where weights are small. */
  scale: number;
  layout: NetProbe['layout'];
  /** One-hot targets, or distributions over the classes. */
  labels: 'hard' | 'soft';
}

/** Draws a network whose pre-activations stay in the active range and a batch of pixel-like inputs, all exact in float32. */
export function drawNet(random: Random, design: NetDesign): NetProbe {
  const sizes = [pixels, ...design.hidden, classes];
  const layers = sizes.slice(1).map((outputs, l) => {
    const inputs = sizes[l]!;
    // Inputs have mean square ≈ 0.33, sigmoid outputs ≈ 0.28: this spread gives pre-activations a standard deviation near 0.7.
    const sd = (design.scale * 1.3) / Math.sqrt(inputs);
    return {
      weights: fill(inputs, outputs, () => Math.fround(random.normal(0, sd))),
      biases: fill(1, outputs, () => Math.fround(random.normal(0, 0.4))),
    };
  });
  return {
    hidden: 'sigmoid',
    output: 'softmax',
    weights: layers.map((layer) => layer.weights),
    biases: layers.map((layer) => layer.biases),
    inputs: fill(design.batch, pixels, () => Math.fround(random.uniform())),
    targets: design.labels === 'hard' ? oneHotRows(random, design.batch) : softRows(random, design.batch),
    layout: design.layout,
  };
}

function oneHotRows(random: Random, rows: number): Matrix {
  const order = random.permutation(classes);
  return fill(rows, classes, (row, col) => (order[row % classes] === col ? 1 : 0));
}

/** Distributions in multiples of 1/64, so that they sum to exactly 1 in float32. */
function softRows(random: Random, rows: number): Matrix {
  const counts = Array.from({ length: rows }, () => {
    const row = new Array<number>(classes).fill(0);
    for (let i = 0; i < 64; i++) row[Math.min(random.integer(classes), random.integer(classes))]! += 1;
    return row;
  });
  return fill(rows, classes, (row, col) => counts[row]![col]! / 64);
}

export const tensorOf = (matrix: Matrix, shape: readonly number[] = [matrix.rows, matrix.cols]): NdArray =>
  makeArray(shape, matrix.data, { container: 'tensor', dtype: 'float32' });

/** The batch as (B, 28, 28). */
export const imagesOf = (net: NetProbe): NdArray => tensorOf(net.inputs, [net.inputs.rows, side, side]);

/** The network as a tf.Sequential that is built inside the sandbox. */
export function modelOf(net: NetProbe): Arg {
  const last = net.weights.length - 1;
  const layers: LayerSpec[] = [{ className: 'Flatten', config: { inputShape: [side, side] } }];
  net.weights.forEach((kernel, l) => {
    const activation = l === last ? 'softmax' : 'sigmoid';
    const weights = [tensorOf(kernel), tensorOf(net.biases[l]!, [kernel.cols])];
    if (net.layout === 'fused') {
      layers.push({ className: 'Dense', config: { units: kernel.cols, activation }, weights });
    } else {
      layers.push({ className: 'Dense', config: { units: kernel.cols }, weights });
      layers.push({ className: 'Activation', config: { activation } });
    }
  });
  return { kind: 'model', layers };
}

export function describeNet(net: NetProbe): string {
  const sizes = [net.weights[0]!.rows, ...net.weights.map((kernel) => kernel.cols)];
  const soft = net.targets.data.some((value) => value > 0 && value < 1);
  return `${sizes.join('–')} network, batch of ${net.inputs.rows}, ${soft ? 'soft' : 'one-hot'} labels`;
}
