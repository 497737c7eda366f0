/** Problem 5, Question 3: backpropagation. */
import type { Net } from './p5q1.ts';

/**
 * One step of gradient descent on the loss of one sample: changes the weights and biases of `net` in place.
 *
 * @param y  the label
 * @param lr step size
 */
export function trainOneSample(net: Net, sample: number[], y: number, lr = 0.003): void {
  throw new Error(
    `P5.Q3 is not implemented yet: trainOneSample(${net.weights.length} layers, ${sample.length}, ${y}, ${lr})`,
  );
}
