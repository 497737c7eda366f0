/**
 * Small networks on 28×28 inputs, made by the grader: probes for everything that receives a model of the library.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { describeNet, drawNet, modelOf } from 'gradmark/kinds/pixel-net';
 * import { createRandom } from 'gradmark/random';
 *
 * const design = { hidden: [16], batch: 3, scale: 1, layout: 'fused', labels: 'hard' } as const;
 * const net = drawNet(createRandom(1), design);
 * assert.equal(describeNet(net), '784–16–10 network, batch of 3, one-hot labels');
 * assert.ok(modelOf(net));
 * ```
 */
import type { Arg } from '../model/guest.ts';
import type { LayerPlan } from '../model/network.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray } from '../numerics/arrays.ts';
import { packed } from '../numerics/packed-rows.ts';
import type { Random } from '../numerics/random.ts';
import { oneHotRows } from './drawn-rows.ts';

const side = 28;
export const pixels = side * side;
export const classes = 10;

type Mat = number[][];

/** A network with sigmoids below a softmax, a batch, and whether its activations are layers of their own. */
export interface NetProbe {
  hidden: 'sigmoid';
  output: 'softmax-cce';
  /** Kernels and biases from the first layer on. */
  W: Mat[];
  b: number[][];
  X: Mat;
  /** One-hot rows, or distributions over the classes. */
  Y: Mat;
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
  // Inputs have mean square ≈ 0.33, sigmoid outputs ≈ 0.28: this spread gives pre-activations a standard deviation near 0.7.
  const spread = sizes.slice(0, -1).map((inputs) => (design.scale * 1.3) / Math.sqrt(inputs));
  return {
    hidden: 'sigmoid',
    output: 'softmax-cce',
    W: spread.map((sd, l) => table(sizes[l]!, sizes[l + 1]!, () => Math.fround(random.normal(0, sd)))),
    b: sizes.slice(1).map((outputs) => table(1, outputs, () => Math.fround(random.normal(0, 0.4)))[0]!),
    X: table(design.batch, pixels, () => Math.fround(random.uniform())),
    Y: design.labels === 'hard' ? oneHotRows(random, design.batch, classes) : softRows(random, design.batch),
    layout: design.layout,
  };
}

/** Row by row in plain loops: a hundred thousand numbers are drawn before a first answer can be judged. */
function table(rows: number, cols: number, entry: () => number): Mat {
  const drawn: Mat = [];
  for (let row = 0; row < rows; row++) {
    const entries: number[] = [];
    for (let col = 0; col < cols; col++) entries.push(entry());
    drawn.push(entries);
  }
  return drawn;
}

/** Distributions in multiples of 1/64, so that they sum to exactly 1 in float32. */
function softRows(random: Random, rows: number): Mat {
  return Array.from({ length: rows }, () => {
    const row = new Array<number>(classes).fill(0);
    for (let i = 0; i < 64; i++) row[Math.min(random.integer(classes), random.integer(classes))]! += 1 / 64;
    return row;
  });
}

/** Of a matrix that every submission is sent, the tensor is made once; nobody changes either. */
const made = new WeakMap<Mat, NdArray>();

/** A matrix as a float32 tensor, in another shape if one is given. */
export function tensorOf(rows: Mat, shape: readonly number[] = [rows.length, rows[0]!.length]): NdArray {
  const known = made.get(rows);
  if (known?.shape.join() === shape.join()) return known;
  const tensor = makeArray(shape, packed(rows), { container: 'tensor', dtype: 'float32' });
  made.set(rows, tensor);
  return tensor;
}

/** Kernel and bias of every layer, as setWeights takes them. */
export const weightTensors = (net: Pick<NetProbe, 'W' | 'b'>): NdArray[][] =>
  net.W.map((kernel, l) => [tensorOf(kernel), tensorOf([net.b[l]!], [net.b[l]!.length])]);

/** The batch as (B, 28, 28). */
export const imagesOf = (net: NetProbe): NdArray => tensorOf(net.X, [net.X.length, side, side]);

/** The network as a model of the library that is built inside the sandbox. */
export function modelOf(net: NetProbe): Arg {
  const layers: LayerPlan[] = [{ kind: 'flatten' }];
  weightTensors(net).forEach((weights, l) => {
    const units = net.b[l]!.length;
    const activation = l === net.W.length - 1 ? 'softmax' : 'sigmoid';
    if (net.layout === 'fused') {
      layers.push({ kind: 'dense', units, activation, weights });
    } else {
      layers.push({ kind: 'dense', units, weights });
      layers.push({ kind: 'activation', activation });
    }
  });
  return { kind: 'network', inputShape: [side, side], layers };
}

export function describeNet(net: NetProbe): string {
  const sizes = [pixels, ...net.b.map((bias) => bias.length)];
  const soft = net.Y.flat().some((value) => value > 0 && value < 1);
  return `${sizes.join('–')} network, batch of ${net.X.length}, ${soft ? 'soft' : 'one-hot'} labels`;
}
