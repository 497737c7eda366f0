/**
 * Question 2b: normalised histograms.
 */

/** Heights over bins of equal width. */
export interface Histogram {
  /** bins + 1 numbers, ascending. */
  edges: number[];
  /** bins heights whose area is 1. */
  density: number[];
}

/**
 * A histogram whose bars have the area 1 together.
 *
 * @param range left and right end; the smallest and the largest value if left out
 */
export function densityHistogram(values: ArrayLike<number>, bins: number, range?: [number, number]): Histogram {
  throw new Error(`Q2b is not implemented yet: densityHistogram(${values.length} values, ${bins}, [${range}])`);
}
