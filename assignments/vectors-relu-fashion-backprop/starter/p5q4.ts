/** Problem 5, Question 4: training. */
import type { Net } from './p5q1.ts';

export interface Samples {
  X: number[][];
  Y: number[];
}

/** How the network does on the test samples. */
export interface Score {
  averageLoss: number;
  correct: number;
  total: number;
}

/** One step for every sample, one after the other in their order; changes `net` in place. */
export function trainOneEpoch(net: Net, X: number[][], Y: number[], lr = 0.003): void {
  throw new Error(
    `P5.Q4 is not implemented yet: trainOneEpoch(${net.weights.length} layers, ${X.length}, ${Y.length}, ${lr})`,
  );
}

/** Tests, then trains and tests again `epochs` times; returns all epochs + 1 scores. Changes `net` in place. */
export function testAndTrain(net: Net, train: Samples, test: Samples, epochs = 3, lr = 0.003): Score[] {
  throw new Error(
    `P5.Q4 is not implemented yet: testAndTrain(${net.weights.length} layers, ${train.Y.length}, ${test.Y.length}, ${epochs}, ${lr})`,
  );
}
