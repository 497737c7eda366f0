/** Problem 2 B: the gradient of the absolute deviations, where there is one. */

/**
 * The gradient of ‖Xw − y‖₁ with respect to w; where a residual is 0, any subgradient.
 *
 * @param X n rows of d features
 * @param w d weights
 * @param y n targets
 * @returns d numbers
 */
export function l1Subgrad(X: number[][], w: number[], y: number[]): number[] {
  throw new Error(`P2B is not implemented yet: l1Subgrad(${X.length} rows, ${w.length} weights, ${y.length} targets)`);
}
