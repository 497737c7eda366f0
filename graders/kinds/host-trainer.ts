/**
 * The grader's own training of a small fully connected network, on packed numbers: to see what settings lead to. Steps against
 * the gradient of the cross-entropy summed over the mini-batch, in the order of the examples, a last incomplete one left out.
 */

export type LayerPlan =
  | { kind: 'linear'; nIn: number; nOut: number }
  | { kind: 'relu' }
  | { kind: 'sigmoid' }
  | { kind: 'softmax' };

export interface Linear {
  nIn: number;
  nOut: number;
  /** nIn×nOut, row by row. */
  W: Float64Array;
  b: Float64Array;
}

/** Layers in order, the last one a sigmoid for labels 0 and 1 or a softmax for classes from 0; one entry of weights a layer. */
export interface HostNet {
  plan: readonly LayerPlan[];
  linears: readonly (Linear | undefined)[];
}

/** Examples one after the other, with their labels. */
export interface Examples {
  x: Float64Array;
  y: Float64Array;
}

export interface Settings {
  epochs: number;
  learningRate: number;
  mbSize: number;
  /** Whether every example moves the weights at once, or the gradient is added up first: rounding alone tells, after long trainings. */
  adds: 'steps' | 'gradients';
}

/** Weights layer after layer, drawn in the order W row by row, then b. */
export const drawNet = (
  plan: readonly LayerPlan[],
  weight: (nIn: number, nOut: number) => number,
  bias: () => number = () => 0,
): HostNet => ({
  plan,
  linears: plan.map((layer) => {
    if (layer.kind !== 'linear') return undefined;
    const { nIn, nOut } = layer;
    const W = Float64Array.from({ length: nIn * nOut }, () => weight(nIn, nOut));
    return { nIn, nOut, W, b: Float64Array.from({ length: nOut }, bias) };
  }),
});

export const weightsIn = (plan: readonly LayerPlan[]): number =>
  plan.reduce((sum, layer) => sum + (layer.kind === 'linear' ? (layer.nIn + 1) * layer.nOut : 0), 0);

/** Trains the net where it is, epoch after epoch: the share of right predictions of each, every one made before its own step. */
export function* trainEpochs(net: HostNet, data: Examples, settings: Settings) {
  for (let epoch = 0; epoch < settings.epochs; epoch++) yield pass(net, data, settings.mbSize, settings);
}

/** The share of right predictions in whole mini-batches of this size. */
export const accuracyOf = (net: HostNet, data: Examples, mbSize: number): number => pass(net, data, mbSize);

/** One time through the examples, with a step for every mini-batch where steps are asked for. */
function pass({ plan, linears }: HostNet, { x, y }: Examples, mbSize: number, steps?: Settings): number {
  const width = x.length / y.length;
  const batches = Math.floor(y.length / mbSize);
  let right = 0;
  for (let from = 0; from < batches * mbSize; from += mbSize) {
    const activations = [x.subarray(from * width, (from + mbSize) * width)];
    plan.forEach((layer, l) => activations.push(forward(layer, linears[l], activations[l]!, mbSize)));
    const output = activations.at(-1)!;
    const outputs = output.length / mbSize;
    for (let i = 0; i < mbSize; i++) {
      if (isRight(output.subarray(i * outputs, (i + 1) * outputs), y[from + i]!)) right++;
    }
    if (steps === undefined) continue;
    let dy = slopeOfLoss(output, outputs, (i) => y[from + i]!);
    for (let l = plan.length - 1; l >= 0; l--) {
      const below = l === 0 ? undefined : backward(plan[l]!, linears[l], activations[l]!, activations[l + 1]!, dy);
      step(linears[l], activations[l]!, dy, steps);
      if (below !== undefined) dy = below;
    }
  }
  return right / (batches * mbSize);
}

const isRight = (p: Float64Array, label: number): boolean =>
  p.length === 1 ? p[0]! > 0.5 === label > 0.5 : p.indexOf(p.reduce((a, b) => Math.max(a, b))) === label;

/** ∂L/∂p of a single probability, or ∂L/∂z of what a softmax gets. */
function slopeOfLoss(p: Float64Array, outputs: number, label: (i: number) => number): Float64Array {
  if (outputs === 1) return p.map((v, i) => (v - label(i)) / (v * (1 - v)));
  const dz = Float64Array.from(p);
  for (let i = 0; i < p.length / outputs; i++) dz[i * outputs + label(i)]! -= 1;
  return dz;
}

function forward(layer: LayerPlan, linear: Linear | undefined, x: Float64Array, rows: number): Float64Array {
  // What is no number stays none: a training that is lost is not to look like one that stands still.
  if (layer.kind === 'relu') return x.map((v) => (v > 0 ? v : v <= 0 ? 0 : NaN));
  if (layer.kind === 'sigmoid') return x.map((v) => 1 / (1 + Math.exp(-v)));
  if (layer.kind === 'softmax') return softmaxRows(x, x.length / rows);
  const { nIn, nOut, W, b } = linear!;
  const y = new Float64Array(rows * nOut);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < nOut; j++) y[r * nOut + j] = b[j]!;
    for (let i = 0; i < nIn; i++) {
      const value = x[r * nIn + i]!;
      // Most pixels are paper.
      if (value === 0) continue;
      for (let j = 0; j < nOut; j++) y[r * nOut + j]! += value * W[i * nOut + j]!;
    }
  }
  return y;
}

function softmaxRows(z: Float64Array, cols: number): Float64Array {
  const p = Float64Array.from(z);
  for (let start = 0; start < p.length; start += cols) {
    const row = p.subarray(start, start + cols);
    const largest = row.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    row.forEach((v, j) => (sum += row[j] = Math.exp(v - largest)));
    row.forEach((v, j) => (row[j] = v / sum));
  }
  return p;
}

/** ∂L/∂input; the softmax at the end has been differentiated with the loss. */
function backward(
  layer: LayerPlan,
  linear: Linear | undefined,
  x: Float64Array,
  y: Float64Array,
  dy: Float64Array,
): Float64Array {
  if (layer.kind === 'softmax') return dy;
  if (layer.kind === 'relu') return dy.map((v, i) => (x[i]! > 0 ? v : x[i]! <= 0 ? 0 : NaN));
  if (layer.kind === 'sigmoid') return dy.map((v, i) => v * (y[i]! * (1 - y[i]!)));
  const { nIn, nOut, W } = linear!;
  return x.map((_, k) => {
    const [r, i] = [Math.floor(k / nIn), k % nIn];
    let sum = 0;
    for (let j = 0; j < nOut; j++) sum += W[i * nOut + j]! * dy[r * nOut + j]!;
    return sum;
  });
}

function step(linear: Linear | undefined, x: Float64Array, dy: Float64Array, { learningRate, adds }: Settings): void {
  if (linear === undefined) return;
  const { nIn, nOut, W, b } = linear;
  const atOnce = adds === 'steps';
  const [toW, toB, factor] = atOnce ? [W, b, -learningRate] : [new Float64Array(W.length), new Float64Array(nOut), 1];
  for (let r = 0; r < x.length / nIn; r++) {
    for (let j = 0; j < nOut; j++) toB[j]! += factor * dy[r * nOut + j]!;
    for (let i = 0; i < nIn; i++) {
      const value = factor * x[r * nIn + i]!;
      if (value === 0) continue;
      for (let j = 0; j < nOut; j++) toW[i * nOut + j]! += value * dy[r * nOut + j]!;
    }
  }
  if (atOnce) return;
  toW.forEach((g, k) => (W[k]! -= learningRate * g));
  toB.forEach((g, k) => (b[k]! -= learningRate * g));
}
