/** Problem 2 A: least absolute deviations. */

/**
 * ‖Xw − y‖₁ = Σᵢ |xᵢᵀw − yᵢ|.
 *
 * @param X n rows of d features
 * @param w d weights
 * @param y n targets
 */
export function l1Loss(X: number[][], w: number[], y: number[]): number {
  throw new Error(`P2A is not implemented yet: l1Loss(${X.length} rows, ${w.length} weights, ${y.length} targets)`);
}
