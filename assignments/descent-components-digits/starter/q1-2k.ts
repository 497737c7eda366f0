/**
 * Question 1.2k: the binary cross-entropy of every single prediction, its derivative, and a check by finite differences.
 */
import type { Numbers, Vec } from './arrays.ts';

/**
 * The loss of every prediction; no sum and no mean.
 *
 * @param y    the targets, 0 or 1
 * @param yHat the predictions, strictly between 0 and 1, in the same shape
 */
export function bceLoss<T extends Numbers>(y: T, yHat: T): T {
  throw new Error(`1.2k is not implemented yet: bceLoss(${typeof y}, ${typeof yHat})`);
}

/** The derivative of every loss with respect to its prediction ŷ. */
export function bceLossGrad<T extends Numbers>(y: T, yHat: T): T {
  throw new Error(`1.2k is not implemented yet: bceLossGrad(${typeof y}, ${typeof yHat})`);
}

/** The central difference quotient of `bceLoss` with respect to ŷ, with the given epsilon. */
export function bceLossGradNumerical(y: Vec, yHat: Vec, epsilon: number): Vec {
  throw new Error(
    `1.2k is not implemented yet: bceLossGradNumerical(${y.length} and ${yHat.length} values, ${epsilon})`,
  );
}
