/** Task 0: the lab's code in another form, with the gradients as matrices of the weights. */
import type { Mat, Vec } from './arrays.ts';
import { each, matMul, pairwise, transpose } from './arrays.ts';
import type { Batches } from './batches.ts';
import type { Log } from './perceptron.ts';
import type { Rng } from './rng.ts';

/** σ of every number, or with `deriv` σ' of every number. e^−|x| never overflows. */
export function fSigmoid(X: Mat, deriv = false): Mat {
  return each(X, (x) => {
    const e = Math.exp(-Math.abs(x));
    if (deriv) return e / (1 + e) ** 2;
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  });
}

/** The softmax of every row, with the largest number of the row subtracted first. */
export function fSoftmax(X: Mat): Mat {
  return X.map((row) => {
    const largest = Math.max(...row);
    const powers = row.map((x) => Math.exp(x - largest));
    const sum = powers.reduce((total, power) => total + power);
    return powers.map((power) => power / sum);
  });
}

/** One row of `nbits` numbers for each label, 1 at the place of the label and 0 elsewhere. */
export function labelToBitVector(labels: Vec, nbits: number): Mat {
  return labels.map((label) => {
    const bits = new Array<number>(nbits).fill(0);
    bits[label] = 1;
    return bits;
  });
}

/** Batches in the order of the images, with bit vectors; a last incomplete batch is left out. */
export function createBatches(data: Mat, labels: Vec, batchSize: number, nbits = 10): Batches {
  const batches: Batches = { data: [], labels: [] };
  for (let end = batchSize; end <= data.length; end += batchSize) {
    batches.data.push(data.slice(end - batchSize, end));
    batches.labels.push(labelToBitVector(labels.slice(end - batchSize, end), nbits));
  }
  return batches;
}

export class MultiLayerPerceptron {
  layers: { W: Mat }[];
  /** What every layer of weights got in the last forward pass, with its column of ones. */
  #inputs: Mat[] = [];
  #gradients: Mat[] = [];

  constructor(layerConfig: readonly number[], _batchSize: number, rng: Rng, initSd = 0.1) {
    this.layers = layerConfig.slice(1).map((size, i) => ({
      W: Array.from({ length: layerConfig[i]! + 1 }, () => Array.from({ length: size }, () => rng.normal(0, initSd))),
    }));
  }

  forwardPropagate(data: Mat): Mat {
    this.#inputs = [];
    let signal = data;
    for (const [i, { W }] of this.layers.entries()) {
      const input = (i === 0 ? signal : fSigmoid(signal)).map((row) => [...row, 1]);
      this.#inputs.push(input);
      signal = matMul(input, W);
    }
    return fSoftmax(signal);
  }

  /** ∂(summed cross-entropy)/∂z is yhat − labels at the output, and (δ Wᵀ) ∘ a (1 − a) below. */
  backpropagate(yhat: Mat, labels: Mat): void {
    let delta = pairwise(yhat, labels, (p, y) => p - y);
    for (let i = this.layers.length - 1; i >= 0; i--) {
      this.#gradients[i] = matMul(transpose(this.#inputs[i]!), delta);
      const back = matMul(delta, transpose(this.layers[i]!.W));
      const through = pairwise(back, this.#inputs[i]!, (d, a) => d * a * (1 - a));
      delta = through.map((row) => row.slice(0, -1));
    }
  }

  updateWeights(eta: number): void {
    this.layers.forEach((layer, i) => {
      layer.W = pairwise(layer.W, this.#gradients[i]!, (w, g) => w - eta * g);
    });
  }

  evaluate(train: Batches, test: Batches, { epochs, eta }: { epochs: number; eta: number }): Log {
    const log: Log = { trainErr: [], trainAcc: [], testErr: [], testAcc: [] };
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const [i, batch] of train.data.entries()) {
        this.backpropagate(this.forwardPropagate(batch), train.labels[i]!);
        this.updateWeights(eta);
      }
      const [trainAcc, testAcc] = [this.#accuracy(train), this.#accuracy(test)];
      log.trainAcc.push(trainAcc);
      log.trainErr.push(1 - trainAcc);
      log.testAcc.push(testAcc);
      log.testErr.push(1 - testAcc);
    }
    return log;
  }

  #accuracy({ data, labels }: Batches): number {
    const best = (row: Vec) => row.indexOf(Math.max(...row));
    const hits = data.flatMap((batch, b) =>
      this.forwardPropagate(batch).map((row, n) => Number(best(row) === best(labels[b]![n]!))),
    );
    return hits.reduce((sum, hit) => sum + hit, 0) / hits.length;
  }
}
