/** Columns brought to mean 0 and standard deviation 1 by the statistics of the training rows, and of those alone. */
import type { Mat, Vec } from './linear-algebra.ts';
import { columnSums } from './linear-algebra.ts';

interface ColumnStatistics {
  mean: Vec;
  sd: Vec;
}

/** m_j = (1/n) Σ_i x_ij,  s_j = √(Σ_i (x_ij − m_j)² / (n − ddof)); ddof 0 is the population form, 1 the sample form. */
export function columnStatistics(X: Mat, ddof: 0 | 1 = 0): ColumnStatistics {
  if (X.length <= ddof) throw new RangeError(`columnStatistics: ${X.length} rows are too few for ddof ${ddof}`);
  const mean = columnSums(X).map((total) => total / X.length);
  const squares = columnSums(X.map((row) => row.map((v, j) => (v - mean[j]!) ** 2)));
  return { mean, sd: squares.map((total) => Math.sqrt(total / (X.length - ddof))) };
}

/** (x_ij − m_j) / s_j; a constant column (s_j = 0) gives NaN, as the formula says. */
export const standardise = (X: Mat, { mean, sd }: ColumnStatistics): Mat =>
  X.map((row) => row.map((v, j) => (v - mean[j]!) / sd[j]!));
