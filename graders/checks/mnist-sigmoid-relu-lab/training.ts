/** Trains a perceptron just as the given class does, on packed numbers and past zeros, to see what settings lead to. */
import type { LabelledImages } from '../../data/mini-mnist.ts';
import type { Random } from '../../numerics/random.ts';

export interface Settings {
  /** From input to output. */
  sizes: readonly number[];
  hidden: 'sigmoid' | 'relu';
  batchSize: number;
  epochs: number;
  eta: number;
  initSd: number;
}

/** Shares of right predictions after every epoch. */
export interface Accuracies {
  train: number[];
  test: number[];
}

interface Layer {
  rows: number;
  cols: number;
  /** (inputs + 1)×outputs, the last row holds the biases. */
  W: Float64Array;
}

/**
 * Steps against the gradient of the cross-entropy summed over the batch, batches in order, a last incomplete one left out.
 * `onEpoch` may stop a training that has shown enough.
 */
export function train(
  data: { train: LabelledImages; test: LabelledImages },
  settings: Settings,
  random: Random,
  onEpoch: (epoch: number, layers: readonly Layer[]) => void = () => {},
): Accuracies {
  const { sizes, batchSize, epochs, eta, initSd } = settings;
  const layers = sizes.slice(1).map((cols, i): Layer => {
    const rows = sizes[i]! + 1;
    return { rows, cols, W: Float64Array.from({ length: rows * cols }, () => random.normal(0, initSd)) };
  });
  const log: Accuracies = { train: [], test: [] };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const batch of batchesOf(data.train, sizes[0]!, batchSize)) step(layers, settings.hidden, batch, eta);
    log.train.push(accuracy(layers, settings, data.train));
    log.test.push(accuracy(layers, settings, data.test));
    onEpoch(epoch, layers);
  }
  return log;
}

interface Batch {
  x: Float64Array;
  labels: Uint8Array;
}

function* batchesOf({ images, labels }: LabelledImages, width: number, size: number): Generator<Batch> {
  for (let start = 0; start + size <= labels.length; start += size) {
    yield { x: images.subarray(start * width, (start + size) * width), labels: labels.subarray(start, start + size) };
  }
}

function accuracy(layers: readonly Layer[], { hidden, sizes, batchSize }: Settings, images: LabelledImages): number {
  let right = 0;
  let seen = 0;
  for (const { x, labels } of batchesOf(images, sizes[0]!, batchSize)) {
    const p = forward(layers, hidden, x, labels.length).at(-1)!;
    const classes = sizes.at(-1)!;
    labels.forEach((label, n) => {
      const row = p.subarray(n * classes, (n + 1) * classes);
      right += row.indexOf(row.reduce((a, b) => Math.max(a, b))) === label ? 1 : 0;
    });
    seen += labels.length;
  }
  return right / seen;
}

/** The activations of all layers, the input first and the probabilities last. */
function forward(layers: readonly Layer[], hidden: Settings['hidden'], x: Float64Array, n: number): Float64Array[] {
  const activations = [x];
  layers.forEach(({ rows, cols, W }, l) => {
    const input = activations[l]!;
    const z = new Float64Array(n * cols);
    for (let r = 0; r < n; r++) {
      for (let j = 0; j < cols; j++) z[r * cols + j] = W[(rows - 1) * cols + j]!;
      for (let i = 0; i < rows - 1; i++) {
        const value = input[r * (rows - 1) + i]!;
        if (value !== 0) addRow(z, r * cols, value, W, i * cols, cols);
      }
    }
    if (l === layers.length - 1) softmaxRows(z, cols);
    else if (hidden === 'relu') z.forEach((v, k) => (z[k] = v > 0 ? v : v <= 0 ? 0 : NaN));
    else z.forEach((v, k) => (z[k] = 1 / (1 + Math.exp(-v))));
    activations.push(z);
  });
  return activations;
}

/** target[at …] += factor · row[from …]. */
function addRow(
  target: Float64Array,
  at: number,
  factor: number,
  row: Float64Array,
  from: number,
  length: number,
): void {
  for (let j = 0; j < length; j++) target[at + j]! += factor * row[from + j]!;
}

function softmaxRows(z: Float64Array, cols: number): void {
  for (let start = 0; start < z.length; start += cols) {
    const row = z.subarray(start, start + cols);
    const largest = row.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    row.forEach((v, j) => (sum += row[j] = Math.exp(v - largest)));
    row.forEach((v, j) => (row[j] = v / sum));
  }
}

function step(layers: readonly Layer[], hidden: Settings['hidden'], { x, labels }: Batch, eta: number): void {
  const n = labels.length;
  const activations = forward(layers, hidden, x, n);
  let delta = activations.at(-1)!;
  labels.forEach((label, r) => (delta[r * layers.at(-1)!.cols + label]! -= 1));
  for (let l = layers.length - 1; l >= 0; l--) {
    const { rows, cols, W } = layers[l]!;
    const input = activations[l]!;
    const below = l === 0 ? undefined : passBack(layers[l]!, delta, input, n, hidden);
    for (let r = 0; r < n; r++) {
      for (let i = 0; i < rows; i++) {
        const value = i < rows - 1 ? input[r * (rows - 1) + i]! : 1;
        if (value !== 0) addRow(W, i * cols, -eta * value, delta, r * cols, cols);
      }
    }
    if (below !== undefined) delta = below;
  }
}

/** δ of the layer below: (δ Wᵀ without biases) ∘ f′. */
function passBack(
  { rows, cols, W }: Layer,
  delta: Float64Array,
  a: Float64Array,
  n: number,
  hidden: Settings['hidden'],
): Float64Array {
  const below = new Float64Array(n * (rows - 1));
  for (let k = 0; k < below.length; k++) {
    const slope = hidden === 'relu' ? (a[k]! > 0 ? 1 : a[k]! === 0 ? 0 : NaN) : a[k]! * (1 - a[k]!);
    if (slope === 0) continue;
    const [r, i] = [Math.floor(k / (rows - 1)), k % (rows - 1)];
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += W[i * cols + j]! * delta[r * cols + j]!;
    below[k] = sum * slope;
  }
  return below;
}
