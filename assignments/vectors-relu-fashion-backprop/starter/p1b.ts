/** Problem 1 B: the constant nearest to a set of points. */

/**
 * The vector μ for which Σᵢ ‖xᵢ − μ‖² is smallest.
 *
 * @param xs n points with d coordinates each
 * @returns μ, d numbers
 */
export function bestConstant(xs: number[][]): number[] {
  throw new Error(`P1B is not implemented yet: bestConstant(${xs.length} points)`);
}
