/**
 * Task 0, optional and without marks: the given code once more, written by yourself. Compare your versions with
 * functions.ts, batches.ts and perceptron.ts only when they run; the report tells you what is not right yet.
 */
import type { Mat, Vec } from './arrays.ts';
import type { Batches } from './batches.ts';
import type { Log } from './perceptron.ts';
import type { Rng } from './rng.ts';

/** σ of every number, or with `deriv` σ' of every number. */
export function fSigmoid(X: Mat, deriv = false): Mat {
  throw new Error(`fSigmoid is not implemented yet: ${X.length} rows, deriv ${deriv}`);
}

/** The softmax of every row; rows with numbers like ±800 still give probabilities. */
export function fSoftmax(X: Mat): Mat {
  throw new Error(`fSoftmax is not implemented yet: ${X.length} rows`);
}

/** One row of `nbits` numbers for each label, 1 at the place of the label and 0 elsewhere. */
export function labelToBitVector(labels: Vec, nbits: number): Mat {
  throw new Error(`labelToBitVector is not implemented yet: ${labels.length} labels, ${nbits} bits`);
}

/** Batches in the order of the images, with bit vectors; a last incomplete batch is left out. */
export function createBatches(data: Mat, labels: Vec, batchSize: number, nbits = 10): Batches {
  throw new Error(`createBatches is not implemented yet: ${data.length} of ${labels.length}, ${batchSize}, ${nbits}`);
}

/** A perceptron with sigmoid hidden units and softmax output that answers to the same calls as the given one. */
export class MultiLayerPerceptron {
  /** layers[i].W is (sizes[i] + 1)×sizes[i + 1]; its last row holds the biases. */
  layers: { W: Mat }[] = [];

  constructor(layerConfig: readonly number[], batchSize: number, rng: Rng, initSd = 0.1) {
    throw new Error(`not implemented yet: ${layerConfig.join('-')}, ${batchSize}, ${typeof rng}, ${initSd}`);
  }

  /** The probabilities of the classes, one row for each image. */
  forwardPropagate(data: Mat): Mat {
    throw new Error(`forwardPropagate is not implemented yet: ${data.length} images`);
  }

  /** Prepares the gradients of the cross-entropy, summed over the batch of the last forward pass. */
  backpropagate(yhat: Mat, labels: Mat): void {
    throw new Error(`backpropagate is not implemented yet: ${yhat.length} images, ${labels.length} labels`);
  }

  /** One step against these gradients, eta times each. */
  updateWeights(eta: number): void {
    throw new Error(`updateWeights is not implemented yet: ${eta}`);
  }

  /** Trains, and looks at all batches of both sets after every epoch. */
  evaluate(train: Batches, test: Batches, options: { epochs: number; eta: number }): Log {
    throw new Error(
      `evaluate is not implemented yet: ${train.data.length}, ${test.data.length}, ${JSON.stringify(options)}`,
    );
  }
}
