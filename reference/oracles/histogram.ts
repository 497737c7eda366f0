/** Normalised histograms: heights that integrate to one. */

interface DensityHistogram {
  /** bins + 1 edges. */
  edges: number[];
  /** count_k / (Σ count · width_k). */
  density: number[];
  counts: number[];
}

/**
 * Equal bins over `range` (default: smallest to largest value). A value on an edge belongs to the bin on its right, except
 * that the last bin holds its right edge too; values outside the range are left out.
 */
export function densityHistogram(
  values: ArrayLike<number>,
  bins: number,
  range?: readonly [number, number],
): DensityHistogram {
  const finite = Array.from(values);
  if (bins < 1 || finite.length === 0) throw new RangeError('a histogram needs at least one bin and one value');
  let [low, high] = range ?? [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const width = (high - low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, k) => (k === bins ? high : low + k * width));
  const counts = new Array<number>(bins).fill(0);
  for (const value of finite) {
    if (!(value >= low && value <= high)) continue;
    let k = Math.min(bins - 1, Math.floor((value - low) / width));
    // The quotient may round across an edge; the edges themselves decide.
    if (value < edges[k]!) k--;
    else if (k < bins - 1 && value >= edges[k + 1]!) k++;
    counts[k]!++;
  }
  const total = counts.reduce((a, b) => a + b, 0);
  return { edges, counts, density: counts.map((count) => (total === 0 ? 0 : count / (total * width))) };
}
