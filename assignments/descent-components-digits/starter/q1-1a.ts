/**
 * Question 1.1a: gradient descent on the surface of `surface.ts`. You will need its functions:
 * import { f, gradX, gradY } from './surface.ts';
 */

/** Where the descent ended, the value there, and every point on the way. */
export interface Descent {
  x: number;
  y: number;
  /** f(x, y) at the last point. */
  value: number;
  /** steps + 1 numbers: the start, then x after every step. */
  xHist: number[];
  yHist: number[];
}

/** Takes `steps` steps of gradient descent of size `stepSize` from (x, y). */
export function optimizeF(x: number, y: number, stepSize: number, steps: number): Descent {
  throw new Error(`1.1a is not implemented yet: optimizeF(${x}, ${y}, ${stepSize}, ${steps})`);
}
