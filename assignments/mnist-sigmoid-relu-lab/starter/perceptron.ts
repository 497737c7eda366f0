/** Given. A multilayer perceptron with sigmoid units in the hidden layers and softmax at the output. */
import type { Mat, Vec } from './arrays.ts';
import { each, matMul, pairwise, transpose } from './arrays.ts';
import type { Batches } from './batches.ts';
import type { Activation } from './functions.ts';
import { fSigmoid, fSoftmax } from './functions.ts';
import type { Rng } from './rng.ts';

export type LayerKind = 'input' | 'hidden' | 'output';

/** One layer, with everything that backpropagation has to remember of the last batch. */
export class Layer {
  kind: LayerKind;
  activation: Activation;
  /** Weights to the next layer, (size + 1)×(size of the next layer); the last row holds the biases. Empty at the output. */
  W: Mat;
  /** What comes in: batch×size. */
  S: Mat = [];
  /** What goes out: batch×(size + 1), the last column all 1; at the output the probabilities, without that column. */
  Z: Mat = [];
  /** The derivative of the activation at S, size×batch; hidden layers only. */
  Fp: Mat = [];
  /** ∂(loss)/∂S, size×batch. */
  D: Mat = [];

  constructor(kind: LayerKind, W: Mat, activation: Activation) {
    this.kind = kind;
    this.W = W;
    this.activation = activation;
  }

  /** Passes a batch on: what the next layer gets as its S, or the probabilities. */
  forwardPropagate(input: Mat): Mat {
    this.S = input;
    if (this.kind === 'output') return (this.Z = fSoftmax(input));
    if (this.kind === 'hidden') this.Fp = transpose(this.activation(input, true));
    const out = this.kind === 'hidden' ? this.activation(input) : input;
    this.Z = out.map((row) => [...row, 1]);
    return matMul(this.Z, this.W);
  }
}

/** What training shows after each epoch. Error and accuracy are shares of all images: together they make 1. */
export interface Log {
  trainErr: Vec;
  trainAcc: Vec;
  testErr: Vec;
  testAcc: Vec;
}

/** What a training run needs to know. */
export interface RunOptions {
  /** Sizes of the layers from input to output, e.g. [784, 30, 30, 10]. */
  layerConfig: number[];
  batchSize: number;
  epochs: number;
  /** The learning rate. */
  eta: number;
  /** Standard deviation of the first weights. */
  initSd: number;
}

export class MultiLayerPerceptron {
  layers: Layer[];
  batchSize: number;

  /** `layerConfig` lists the sizes from input to output; weights and biases are drawn from N(0, initSd²). */
  constructor(layerConfig: readonly number[], batchSize: number, rng: Rng, initSd = 0.1) {
    this.batchSize = batchSize;
    const last = layerConfig.length - 1;
    this.layers = layerConfig.map((size, i) => {
      const kind = i === 0 ? 'input' : i === last ? 'output' : 'hidden';
      const next = layerConfig[i + 1] ?? 0;
      const rows = i === last ? 0 : size + 1;
      const W = Array.from({ length: rows }, () => Array.from({ length: next }, () => rng.normal(0, initSd)));
      return new Layer(kind, W, fSigmoid);
    });
  }

  /** The probabilities of the classes for a batch of images, one row each. */
  forwardPropagate(data: Mat): Mat {
    return this.layers.reduce((input, layer) => layer.forwardPropagate(input), data);
  }

  /** Gets the output of the last forward pass and its labels, and leaves D in every hidden layer and the last. */
  backpropagate(yhat: Mat, labels: Mat): void {
    const { layers } = this;
    layers.at(-1)!.D = transpose(pairwise(yhat, labels, (p, y) => p - y)); // F1: what is computed here?

    // F2: what does this loop do?
    for (let i = layers.length - 2; i > 0; i--) {
      const withoutBias = layers[i]!.W.slice(0, -1);
      layers[i]!.D = pairwise(matMul(withoutBias, layers[i + 1]!.D), layers[i]!.Fp, (d, slope) => d * slope);
    }
  }

  /** One step for all weights, with what `backpropagate` has left. */
  updateWeights(eta: number): void {
    // F3: how are the weights updated?
    for (let i = 0; i < this.layers.length - 1; i++) {
      const step = each(matMul(this.layers[i + 1]!.D, this.layers[i]!.Z), (g) => -eta * g);
      this.layers[i]!.W = pairwise(this.layers[i]!.W, transpose(step), (w, change) => w + change);
    }
  }

  /** Trains for some epochs, one step for each batch in order, and looks at all batches after every epoch. */
  evaluate(train: Batches, test: Batches, { epochs, eta }: { epochs: number; eta: number }): Log {
    const log: Log = { trainErr: [], trainAcc: [], testErr: [], testAcc: [] };
    for (let epoch = 0; epoch < epochs; epoch++) {
      train.data.forEach((batch, i) => {
        this.backpropagate(this.forwardPropagate(batch), train.labels[i]!);
        this.updateWeights(eta);
      });
      const [trainErr, testErr] = [this.errorRate(train), this.errorRate(test)];
      log.trainErr.push(trainErr);
      log.trainAcc.push(1 - trainErr);
      log.testErr.push(testErr);
      log.testAcc.push(1 - testErr);
    }
    return log;
  }

  /** The share of images whose most probable class is not their label. */
  errorRate({ data, labels }: Batches): number {
    const predictions = data.flatMap((batch) => this.forwardPropagate(batch));
    const wrong = labels.flat().filter((row, n) => largest(predictions[n]!) !== largest(row));
    return wrong.length / predictions.length;
  }
}

const largest = (row: Vec): number => row.indexOf(Math.max(...row));
