/** The few numbers that describe a class. Quantiles interpolate linearly between order statistics (type 7). */

export interface Summary {
  n: number;
  mean: number;
  median: number;
  lowerQuartile: number;
  upperQuartile: number;
  lowest: number;
  highest: number;
}

/** Undefined for an empty class. */
export function summarise(values: readonly number[]): Summary | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  return {
    n: sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    lowest: sorted[0]!,
    highest: sorted.at(-1)!,
  };
}

function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
