/**
 * Question 1.1g: gradient descent with a step size that decays. Start from your answer to 1.1a:
 * import { f, gradX, gradY } from './surface.ts';
 */
import type { Descent } from './q1-1a.ts';

/**
 * As in 1.1a, but step t is of size stepSize · decay^t.
 *
 * @param decay 1 keeps the step size as it is
 */
export function optimizeF(x: number, y: number, stepSize: number, steps: number, decay = 1): Descent {
  throw new Error(`1.1g is not implemented yet: optimizeF(${x}, ${y}, ${stepSize}, ${steps}, ${decay})`);
}
