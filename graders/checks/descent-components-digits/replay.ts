/** Trains a net with the grader's own layers, just as the given `fit` does, to see what settings lead to. */
import type { Random } from '../../numerics/random.ts';
import { pixels } from './digits.ts';
import type { Examples } from './digits.ts';

export type LayerPlan = { kind: 'linear'; nIn: number; nOut: number } | { kind: 'relu' } | { kind: 'sigmoid' };

export interface Settings {
  epochs: number;
  learningRate: number;
  mbSize: number;
}

/** The printed rule ±√(6/(nIn·nOut)) or that of Glorot and Bengio, ±√(6/(nIn + nOut)). */
export type InitRule = 'printed' | 'glorot';

export const weightsIn = (plan: readonly LayerPlan[]): number =>
  plan.reduce((sum, layer) => sum + (layer.kind === 'linear' ? (layer.nIn + 1) * layer.nOut : 0), 0);

export interface Linear {
  nIn: number;
  nOut: number;
  W: Float64Array;
  b: Float64Array;
}

/** Accuracies in the last epoch. The gradient is summed over the mini-batch, a last incomplete one is left out, nothing is shuffled. */
export async function train(
  plan: readonly LayerPlan[],
  data: { train: Examples; test: Examples },
  settings: Settings,
  random: Random,
  rule: InitRule,
): Promise<{ train: number; test: number }> {
  const linears = plan.map((layer) =>
    layer.kind === 'linear' ? draw(layer.nIn, layer.nOut, random, rule) : undefined,
  );
  return trainFrom(linears, plan, data, settings);
}

/** The same from given weights, one entry for each layer that has some; they hold the trained weights in the end. */
export async function trainFrom(
  linears: readonly (Linear | undefined)[],
  plan: readonly LayerPlan[],
  data: { train: Examples; test: Examples },
  settings: Settings,
): Promise<{ train: number; test: number }> {
  let accuracy = { train: NaN, test: NaN };
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const trained = pass(plan, linears, data.train, settings, true);
    accuracy = { train: trained, test: pass(plan, linears, data.test, settings, false) };
    // Long trainings leave room for the sessions of other submissions.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return accuracy;
}

function draw(nIn: number, nOut: number, random: Random, rule: InitRule): Linear {
  const a = Math.sqrt(6 / (rule === 'printed' ? nIn * nOut : nIn + nOut));
  return {
    nIn,
    nOut,
    W: Float64Array.from({ length: nIn * nOut }, () => random.uniform(-a, a)),
    b: new Float64Array(nOut),
  };
}

/** One time through the examples; returns the share of right predictions, each made before its own step. */
function pass(
  plan: readonly LayerPlan[],
  linears: readonly (Linear | undefined)[],
  { x, y }: Examples,
  { learningRate, mbSize }: Settings,
  learns: boolean,
): number {
  const batches = Math.floor(y.length / mbSize);
  let right = 0;
  for (let batch = 0; batch < batches; batch++) {
    const labels = y.subarray(batch * mbSize, (batch + 1) * mbSize);
    const activations = [x.subarray(batch * mbSize * pixels, (batch + 1) * mbSize * pixels)];
    plan.forEach((layer, l) => activations.push(forward(layer, linears[l], activations[l]!, mbSize)));
    const output = activations.at(-1)!;
    labels.forEach((label, i) => (right += output[i]! > 0.5 === label > 0.5 ? 1 : 0));
    if (!learns) continue;
    let dy: Float64Array = output.map((p, i) => (p - labels[i]!) / (p * (1 - p)));
    for (let l = plan.length - 1; l >= 0; l--) {
      dy = backward(plan[l]!, linears[l], activations[l]!, activations[l + 1]!, dy, mbSize, learningRate);
    }
  }
  return right / (batches * mbSize);
}

function forward(layer: LayerPlan, linear: Linear | undefined, x: Float64Array, rows: number): Float64Array {
  if (layer.kind === 'relu') return x.map((v) => (v > 0 ? v : 0));
  if (layer.kind === 'sigmoid') return x.map((v) => 1 / (1 + Math.exp(-v)));
  const { nIn, nOut, W, b } = linear!;
  const y = new Float64Array(rows * nOut);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < nOut; j++) y[r * nOut + j] = b[j]!;
    for (let i = 0; i < nIn; i++) {
      const value = x[r * nIn + i]!;
      for (let j = 0; j < nOut; j++) y[r * nOut + j]! += value * W[i * nOut + j]!;
    }
  }
  return y;
}

/** ∂L/∂input; a linear layer also takes its step, after its weights have served the gradient. */
function backward(
  layer: LayerPlan,
  linear: Linear | undefined,
  x: Float64Array,
  y: Float64Array,
  dy: Float64Array,
  rows: number,
  learningRate: number,
): Float64Array {
  if (layer.kind === 'relu') return dy.map((v, i) => (x[i]! > 0 ? v : 0));
  if (layer.kind === 'sigmoid') return dy.map((v, i) => v * y[i]! * (1 - y[i]!));
  const { nIn, nOut, W, b } = linear!;
  const dx = new Float64Array(rows * nIn);
  const dW = new Float64Array(nIn * nOut);
  const db = new Float64Array(nOut);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < nOut; j++) db[j]! += dy[r * nOut + j]!;
    for (let i = 0; i < nIn; i++) {
      const value = x[r * nIn + i]!;
      let sum = 0;
      for (let j = 0; j < nOut; j++) {
        const gradient = dy[r * nOut + j]!;
        dW[i * nOut + j]! += value * gradient;
        sum += gradient * W[i * nOut + j]!;
      }
      dx[r * nIn + i] = sum;
    }
  }
  dW.forEach((g, k) => (W[k]! -= learningRate * g));
  db.forEach((g, k) => (b[k]! -= learningRate * g));
  return dx;
}
