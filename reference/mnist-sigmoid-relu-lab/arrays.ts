/** Given. A matrix is a plain array of rows; these helpers stand for `*`, `@` and `.T`. None of them changes its arguments. */

export type Vec = number[];
/** Rows of equal length: `m[row][column]`. */
export type Mat = number[][];

/** Applies f to every number. */
export const each = (x: Mat, f: (value: number) => number): Mat => x.map((row) => Array.from(row, (value) => f(value)));

/** Applies f to the numbers of a and b at the same place; both have the same shape. */
export function pairwise(a: Mat, b: Mat, f: (a: number, b: number) => number): Mat {
  if (a.length !== b.length || a[0]?.length !== b[0]?.length) {
    throw new RangeError(`pairwise: ${shape(a)} does not fit ${shape(b)}`);
  }
  return a.map((row, i) => Array.from(row, (value, j) => f(value, b[i]![j]!)));
}

/** The matrix product a·b of an n×k and a k×m matrix. */
export function matMul(a: Mat, b: Mat): Mat {
  if (a[0]?.length !== b.length) throw new RangeError(`matMul: ${shape(a)} does not fit ${shape(b)}`);
  const width = b[0]?.length ?? 0;
  return a.map((row) => {
    const out = new Array<number>(width).fill(0);
    for (let k = 0; k < row.length; k++) {
      const value = row[k]!;
      const other = b[k]!;
      for (let j = 0; j < width; j++) out[j]! += value * other[j]!;
    }
    return out;
  });
}

/** Rows become columns. */
export const transpose = (a: Mat): Mat => Array.from(a[0] ?? [], (_, j) => a.map((row) => row[j]!));

const shape = (a: Mat) => `${a.length}×${a[0]?.length ?? 0}`;
