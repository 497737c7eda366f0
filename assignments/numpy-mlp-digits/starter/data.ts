/**
 * Section 2.1: from the lines of a file to mini-batches for the network.
 */
import type { Mat, MiniBatch, Pair } from './contracts.ts';
import type { Rng } from './rng.ts';

/**
 * 2.1a. Reads the data set.
 *
 * @param csv lines of 65 whole numbers without a header: 64 pixels from 0 to 16, row after row, then the digit; the last
 *            line may or may not end with a line break
 * @returns images of 8×8 pixels as they are in the file, and their digits, in order
 */
export function loadDigits(csv: string): { images: Mat[]; targets: number[] } {
  throw new Error(`2.1a is not implemented yet: loadDigits(${csv.length} characters)`);
}

/** 2.1b. One pair [input, target] for each example, in order; `inputs` and `targets` have the same length. */
export function toPairs<Input, Target>(inputs: Input[], targets: Target[]): [Input, Target][] {
  throw new Error(`2.1b is not implemented yet: toPairs(${inputs.length} inputs, ${targets.length} targets)`);
}

/** 2.1d and 2.1e. An 8×8 image as one vector, row after row, as 32-bit numbers from 0 to 1 (or from −1 to 1). */
export function toVector(image: Mat): Float32Array {
  throw new Error(`2.1d is not implemented yet: toVector(${image.length} rows)`);
}

/** 2.1f. Ten numbers: 1 at the place of the digit, 0 everywhere else. */
export function oneHot(target: number): Float32Array {
  throw new Error(`2.1f is not implemented yet: oneHot(${target})`);
}

/**
 * 2.1g and 2.1h. One epoch: all pairs in a new random order, in mini-batches of `minibatchSize`. Every call shuffles anew.
 * The last mini-batch may be smaller, or be left out.
 */
export function* minibatches(pairs: readonly Pair[], minibatchSize: number, rng: Rng): Generator<MiniBatch> {
  yield* [];
  throw new Error(`2.1g is not implemented yet: minibatches(${pairs.length}, ${minibatchSize}, ${typeof rng})`);
}
