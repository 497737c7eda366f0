/** Problem 5, Question 2: the forward pass. */
import type { Net } from './p5q1.ts';

/**
 * Sigmoid in the hidden layers, softmax at the output.
 *
 * @param sample as many numbers as the network has inputs
 * @param y      the label
 * @returns the cross-entropy of this sample, and the most likely class (a number, or one-hot)
 */
export function feedForwardSample(net: Net, sample: number[], y: number): { loss: number; guess: number | number[] } {
  throw new Error(
    `P5.Q2 is not implemented yet: feedForwardSample(${net.weights.length} layers, ${sample.length}, ${y})`,
  );
}

/** The mean loss over all samples, how many are classified rightly, and how many there are. */
export function feedForwardDataset(
  net: Net,
  X: number[][],
  Y: number[],
): { averageLoss: number; correct: number; total: number } {
  throw new Error(
    `P5.Q2 is not implemented yet: feedForwardDataset(${net.weights.length} layers, ${X.length}, ${Y.length})`,
  );
}
