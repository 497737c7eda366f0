/** Problem 5, Question 1: initial weights. */
import type { Rng } from './rng.ts';

/** Layer l has weights[l], inputs × outputs, and biases[l], one number for each output. */
export interface Net {
  weights: number[][][];
  biases: number[][];
}

/**
 * A network with layers of these sizes, from input to output. Weights are normally distributed with mean 0 and variance
 * 1 / max(inputs, outputs); biases are 0.
 *
 * @param sizes e.g. [784, 32, 32, 10]
 * @param rng   where the random numbers come from
 */
export function initNet(sizes: number[], rng: Rng): Net {
  throw new Error(`P5.Q1 is not implemented yet: initNet(${JSON.stringify(sizes)}, ${typeof rng})`);
}
