/** Matrices as rows of numbers, in float64. Plain loops: what is computed is what is written. */

export type Vec = number[];
export type Mat = number[][];

/** (A B)_ij = Σ_k A_ik B_kj. A: m×k, B: k×n. */
export function matmul(A: Mat, B: Mat): Mat {
  const n = B[0]?.length ?? 0;
  // Most pixels are 0, and 0 times what is finite adds nothing.
  const skipsZeros = A.length > 3 && isFinite(B);
  return A.map((row) => {
    if (row.length !== B.length) throw new RangeError(`matmul: inner sizes ${row.length} and ${B.length} differ`);
    const out = new Array<number>(n).fill(0);
    for (let k = 0; k < row.length; k++) {
      const [a, other] = [row[k]!, B[k]!];
      if (a === 0 && skipsZeros) continue;
      for (let j = 0; j < n; j++) out[j]! += a * other[j]!;
    }
    return out;
  });
}

function isFinite(A: Mat): boolean {
  for (const row of A) for (let j = 0; j < row.length; j++) if (!Number.isFinite(row[j])) return false;
  return true;
}

/** (Aᵀ)_ij = A_ji. */
export function transpose(A: Mat): Mat {
  const out: Mat = (A[0] ?? []).map(() => []);
  for (const row of A) for (let j = 0; j < out.length; j++) out[j]!.push(row[j]!);
  return out;
}

/** x·y = Σ_i x_i y_i. */
export function dot(x: Vec, y: Vec): number {
  if (x.length !== y.length) throw new RangeError(`dot: sizes ${x.length} and ${y.length} differ`);
  return x.reduce((sum, v, i) => sum + v * y[i]!, 0);
}

export const sum = (x: Vec): number => x.reduce((total, v) => total + v, 0);

/** c_j = Σ_i A_ij. */
export function columnSums(A: Mat): Vec {
  const out: Vec = (A[0] ?? []).map(() => 0);
  for (const row of A) for (let j = 0; j < out.length; j++) out[j]! += row[j]!;
  return out;
}

/** A_ij + b_j. */
export const addRow = (A: Mat, b: Vec): Mat => A.map((row) => row.map((v, j) => v + b[j]!));

export const mapMat = (A: Mat, f: (value: number) => number): Mat => A.map((row) => row.map((value) => f(value)));

export const scaleMat = (A: Mat, s: number): Mat => mapMat(A, (value) => s * value);

/** f(A_ij, B_ij); throws RangeError when sizes differ. */
export function zipMat(A: Mat, B: Mat, f: (a: number, b: number) => number): Mat {
  if (A.length !== B.length) throw new RangeError(`zipMat: ${A.length} and ${B.length} rows`);
  return A.map((row, i) => {
    const other = B[i]!;
    if (row.length !== other.length) throw new RangeError(`zipMat: rows of ${row.length} and ${other.length}`);
    return row.map((a, j) => f(a, other[j]!));
  });
}
